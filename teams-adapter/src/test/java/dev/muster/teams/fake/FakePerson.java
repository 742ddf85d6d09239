// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A person of the fake tenant.
 *
 * @param name display name
 * @param aad Entra object id
 * @param botUser the id by which this bot addresses them
 */
public record FakePerson(String name, String aad, String botUser) {

  static FakePerson named(String name) {
    String aad = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    return new FakePerson(name, aad, "29:" + aad.replace("-", ""));
  }

  /** Returns a program, such as the one that posts what workflows make. */
  public static FakePerson program(String name) {
    String id = UUID.nameUUIDFromBytes(("app " + name).getBytes(StandardCharsets.UTF_8)).toString();
    return new FakePerson(name, id, "28:" + id);
  }

  boolean isProgram() {
    return botUser.startsWith("28:");
  }

  /** The name to sign in by is the address, but for those who have a dot in it. */
  String signIn() {
    return name.replace(".", "") + "@example.com";
  }

  /** Returns the account as activities carry it. */
  public ObjectNode account() {
    return Json.object().put("id", botUser).put("name", name).put("aadObjectId", aad);
  }

  /** Who is called a guest is one: activities do not say so, and the list of members does. */
  private String role() {
    return name.startsWith("guest") ? "guest" : "user";
  }

  /** Returns the member as the connector tells it. */
  ObjectNode member() {
    return account()
        .put("email", name + "@example.com")
        .put("userPrincipalName", signIn())
        .put("userRole", role());
  }
}
