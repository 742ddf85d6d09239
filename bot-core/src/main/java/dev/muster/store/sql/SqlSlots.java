// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.store.MessageSlots;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which message stands where, in the table {@code message_slot}. */
final class SqlSlots implements MessageSlots {

  private static final String PUT =
      """
      INSERT INTO message_slot (target, slot, platform, channel, message) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (target, slot) DO UPDATE SET platform = excluded.platform,
        channel = excluded.channel, message = excluded.message
      """;

  private static final String BEGINNING =
      """
      SELECT slot, platform, channel, message FROM message_slot
      WHERE target = ? AND slot >= ? AND slot < ?
      """;

  private final Statements statements;

  SqlSlots(Statements statements) {
    this.statements = statements;
  }

  @Override
  public Optional<MessageRef> find(String target, String slot) {
    return statements.first(
        "SELECT platform, channel, message FROM message_slot WHERE target = ? AND slot = ?",
        row -> new MessageRef(new ChannelRef(row.getString(1), row.getString(2)), row.getString(3)),
        target,
        slot);
  }

  @Override
  public void put(String target, String slot, MessageRef message) {
    ChannelRef channel = message.channel();
    statements.update(PUT, target, slot, channel.platform(), channel.id(), message.id());
  }

  @Override
  public void remove(String target, String slot) {
    statements.update("DELETE FROM message_slot WHERE target = ? AND slot = ?", target, slot);
  }

  @Override
  public Map<String, MessageRef> beginning(String target, String prefix) {
    Map<String, MessageRef> found = new TreeMap<>();
    statements
        .list(
            BEGINNING,
            row ->
                Map.entry(
                    row.getString(1),
                    new MessageRef(
                        new ChannelRef(row.getString(2), row.getString(3)), row.getString(4))),
            target,
            prefix,
            prefix + '\uffff')
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  @Override
  public void removeAll(String target) {
    statements.update("DELETE FROM message_slot WHERE target = ?", target);
  }

  @Override
  public void moved(ChannelRef from, ChannelRef to) {
    statements.update(
        "UPDATE message_slot SET channel = ? WHERE platform = ? AND channel = ?",
        to.id(),
        from.platform(),
        from.id());
  }
}
