// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** A channel, group chat or chat with one person in the fake. Guarded by its tenant. */
public final class FakeConversation {

  private final String id;
  private final String kind;
  private final String group;
  private String name;
  private String description;
  private boolean archived;
  private boolean botIn;
  private boolean blocked;
  private final Set<FakePerson> members = new CopyOnWriteArraySet<>();
  private final List<FakeMessage> messages = new CopyOnWriteArrayList<>();

  FakeConversation(String id, String kind, String name, String description, boolean botIn) {
    this(id, kind, name, description, botIn, FakeTenant.GROUP);
  }

  FakeConversation(
      String id, String kind, String name, String description, boolean botIn, String group) {
    this.group = group;
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.description = description;
    this.botIn = botIn;
  }

  /** Returns the id without a thread. */
  public String id() {
    return id;
  }

  /** Returns {@code channel}, {@code groupChat} or {@code personal}. */
  public String kind() {
    return kind;
  }

  /** Returns the Entra group of its team; says nothing of chats. */
  public String group() {
    return group;
  }

  /** Returns the name now. */
  public String name() {
    return name;
  }

  /** Returns the description now. */
  public String description() {
    return description;
  }

  /** Returns whether nobody can post. */
  public boolean archived() {
    return archived;
  }

  /** Returns those who were added; standard channels have none, the whole team is in. */
  public Set<FakePerson> members() {
    return members;
  }

  /** Returns all messages, deleted and targeted ones too, oldest first. */
  public List<FakeMessage> messages() {
    return messages;
  }

  boolean botIn() {
    return botIn;
  }

  void addBot() {
    botIn = true;
  }

  /** Lets somebody take the app out. */
  public void takeBotOut() {
    botIn = false;
  }

  /** Lets somebody add the app again. */
  public void bringBotBack() {
    botIn = true;
  }

  /** Lets the person of a one-to-one chat block the bot. */
  public void block() {
    blocked = true;
  }

  boolean blocked() {
    return blocked;
  }

  /** Closes for posting, or opens again. */
  public void archive(boolean now) {
    archived = now;
  }

  /** Lets somebody give another name. */
  public void rename(String now) {
    name = now;
  }

  void describe(String now) {
    description = now;
  }

  Optional<FakeMessage> message(String messageId) {
    return messages.stream().filter(m -> m.id().equals(messageId)).findFirst();
  }
}
