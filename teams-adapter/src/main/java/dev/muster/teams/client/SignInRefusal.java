// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Says in our words why the sign-in service turned the app away, from the number in its answer
 * (Microsoft Entra, "authentication and authorization error codes"). The numbers may change at any
 * time, so they choose a sentence and nothing else. Pure.
 */
final class SignInRefusal {

  private static final String RESTART =
      " Then reload the configuration, or restart where it comes from the environment.";

  private static final String WRONG_TENANT =
      "The sign-in service knows no such tenant. Write the directory id of your organisation, from"
          + " the overview of Entra, into tenant-id under platforms.teams.";

  private static final String WRONG_CERTIFICATE =
      "The sign-in service does not know the certificate. Upload its public part, without the key,"
          + " on the page \"Certificates & secrets\" of the app's registration in Entra.";

  private static final String WRONG_APP =
      "The sign-in service knows no such app in this tenant. Compare app-id and tenant-id under"
          + " platforms.teams with the overview of the app's registration in Entra.";

  private static final String CLOCK =
      "The sign-in service finds our proof out of its time. Set the clock of this machine:"
          + " timedatectl set-ntp true.";

  private static final Map<Integer, String> SENTENCES =
      Map.ofEntries(
          Map.entry(
              7000215,
              "The sign-in service says that app-password is wrong. Copy the value of the client"
                  + " secret, not its id, from the page \"Certificates & secrets\" of the app's"
                  + " registration in Entra into TEAMS_APP_PASSWORD."
                  + RESTART),
          Map.entry(
              7000222,
              "The client secret in app-password has expired. Make a new one on the page"
                  + " \"Certificates & secrets\" of the app's registration in Entra and put its"
                  + " value into TEAMS_APP_PASSWORD."
                  + RESTART),
          Map.entry(700016, WRONG_APP),
          Map.entry(7000229, WRONG_APP),
          Map.entry(90002, WRONG_TENANT),
          Map.entry(90013, WRONG_TENANT),
          Map.entry(900021, WRONG_TENANT),
          Map.entry(900023, WRONG_TENANT),
          Map.entry(700027, WRONG_CERTIFICATE),
          Map.entry(700024, CLOCK),
          Map.entry(
              7000112,
              "The app is switched off in this tenant. Let an administrator switch it on under"
                  + " \"Enterprise applications\" in Entra."));

  private SignInRefusal() {}

  /**
   * Returns what is wrong and how to mend it.
   *
   * @param answer the body of the refusal; nothing of its text is repeated
   * @param proof the key of the configuration that holds our proof
   */
  static String sentence(JsonNode answer, String proof) {
    for (JsonNode code : answer.path("error_codes")) {
      String known = SENTENCES.get(code.asInt());
      if (known != null) {
        return known;
      }
    }
    return "The sign-in service does not accept the app. Check app-id, "
        + proof
        + " and tenant-id under platforms.teams.";
  }
}
