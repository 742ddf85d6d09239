// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.config.ServerSettings;
import dev.muster.signin.oidc.Provider;
import dev.muster.signin.oidc.SignInFailure;
import java.time.InstantSource;
import java.util.List;
import okhttp3.OkHttpClient;

/** Looks whether people could sign in now, and says what the identity provider has to know. */
final class SignInCheck {

  private static final String SUBJECT = "sign-in";

  private SignInCheck() {}

  static List<Finding> look(ServerSettings server, OkHttpClient http, InstantSource clock) {
    return server.auth().oidc().stream()
        .flatMap(
            oidc -> {
              Finding provider =
                  provider(new Provider(oidc, http, clock), oidc.issuer().toString());
              return List.of(provider, redirect(server)).stream();
            })
        .toList();
  }

  private static Finding provider(Provider provider, String issuer) {
    try {
      provider.examine();
      return Finding.ok(SUBJECT, issuer + " answers, calls itself exactly so, and shows its keys.");
    } catch (SignInFailure failure) {
      return Finding.wrong(
          SUBJECT,
          "Nobody can sign in: "
              + failure.getMessage()
              + ". "
              + mend(failure.reason(), issuer.replaceFirst("/$", "")));
    }
  }

  private static String mend(SignInFailure.Reason reason, String issuer) {
    String document = issuer + "/.well-known/openid-configuration";
    return reason == SignInFailure.Reason.UNREACHABLE
        ? "Look whether " + document + " can be opened from this machine."
        : "Set server.auth.oidc.issuer to what stands under \"issuer\" in " + document + ".";
  }

  private static Finding redirect(ServerSettings server) {
    String address = server.publicUrl(server.port()) + "/sign-in/callback";
    return server.publicUrl().getPort() == 0
        ? Finding.note(
            SUBJECT,
            "server.port is 0, so the redirect address changes with every start; set a port, or"
                + " server.public-url.")
        : Finding.ok(
            SUBJECT, "The provider has to know this redirect address, exactly: " + address);
  }
}
