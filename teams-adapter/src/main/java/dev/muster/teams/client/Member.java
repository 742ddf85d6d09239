// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.schema.ChannelAccount;
import java.util.Optional;

/**
 * A member as the connector describes one.
 *
 * @param person the Entra object id; empty for bots and for people Teams does not name
 * @param botUser the id by which this bot addresses them, {@code 29:…}
 * @param name display name
 * @param email as the tenant has it
 * @param guest whether they belong to another tenant
 */
public record Member(
    Optional<String> person, String botUser, String name, Optional<String> email, boolean guest) {

  static Member of(ChannelAccount account) {
    return new Member(
        text(account.getAadObjectId()).or(() -> property(account, "objectId")),
        account.getId() == null ? "" : account.getId(),
        account.getName() == null ? "" : account.getName(),
        property(account, "email").or(() -> property(account, "userPrincipalName")),
        property(account, "userRole").filter("guest"::equalsIgnoreCase).isPresent());
  }

  /** Returns whether that is one of their ids. */
  boolean is(String id) {
    return botUser.equals(id) || person.filter(id::equals).isPresent();
  }

  private static Optional<String> property(ChannelAccount account, String name) {
    JsonNode value = account.getProperties().get(name);
    return value == null ? Optional.empty() : text(value.asText(""));
  }

  private static Optional<String> text(String value) {
    return Optional.ofNullable(value).filter(v -> !v.isBlank());
  }
}
