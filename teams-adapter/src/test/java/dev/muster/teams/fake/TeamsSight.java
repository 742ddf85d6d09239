// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The tenant as its people see it. Channels are named by their names or ids. Any thread may look.
 */
public final class TeamsSight {

  private static final String CHANNEL = "channel";

  private final FakeTenant tenant;

  TeamsSight(FakeTenant tenant) {
    this.tenant = tenant;
  }

  private <T> T alone(Supplier<T> question) {
    synchronized (tenant) {
      return question.get();
    }
  }

  /** Returns a channel or chat. */
  public Optional<FakeConversation> conversation(String nameOrId) {
    return alone(
        () ->
            tenant
                .conversation(nameOrId)
                .or(() -> channels().stream().filter(c -> c.name().equals(nameOrId)).findFirst()));
  }

  FakeConversation at(String nameOrId) {
    return conversation(nameOrId)
        .orElseThrow(() -> new AssertionError("there is no channel " + nameOrId));
  }

  /** Returns every channel of the teams, oldest first. */
  public List<FakeConversation> channels() {
    return alone(
        () -> tenant.conversations().stream().filter(c -> c.kind().equals(CHANNEL)).toList());
  }

  /** Returns what every member of a conversation sees, oldest first. */
  public List<Posted> messages(String nameOrId) {
    return alone(
        () ->
            at(nameOrId).messages().stream()
                .filter(m -> m.isThere() && m.onlyFor().isEmpty())
                .map(Posted::of)
                .toList());
  }

  /** Returns what one person alone sees, in channels and in the chat with the bot. */
  public List<Posted> toldTo(String person) {
    return alone(
        () ->
            tenant.conversations().stream()
                .flatMap(where -> toldIn(where, tenant.person(person)))
                .map(Posted::of)
                .toList());
  }

  private Stream<FakeMessage> toldIn(FakeConversation where, FakePerson who) {
    boolean own = where.kind().equals("personal") && where.members().contains(who);
    return where.messages().stream()
        .filter(m -> m.isThere() && (own || m.onlyFor().filter(who::equals).isPresent()));
  }

  /** Returns the id of the bot's chat with one person. */
  public String chatWith(String person) {
    return tenant.direct(tenant.person(person)).id();
  }

  /** Returns a person's Entra object id. */
  public String idOf(String person) {
    return tenant.person(person).aad();
  }
}
