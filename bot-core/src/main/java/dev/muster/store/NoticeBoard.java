// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What only an operator can mend and nobody has mended yet; within one transaction. */
public final class NoticeBoard {

  private static final String INDEX = "notices";
  private static final int PARTS = 3;

  private final Tx tx;

  /** Looks at the notices within a transaction. */
  public NoticeBoard(Tx tx) {
    this.tx = tx;
  }

  /**
   * A notice.
   *
   * @param platform which platform it is about
   * @param topic what it is about, a short stable word
   * @param since when it was first heard
   * @param told when operators were last told
   * @param sentence what is wrong and how to mend it
   */
  public record Notice(
      String platform, String topic, Instant since, Instant told, String sentence) {

    private String name() {
      return platform + "/" + topic;
    }
  }

  /** Returns every open notice, the oldest first. */
  public List<Notice> open() {
    return names().stream().flatMap(name -> read(name).stream()).toList();
  }

  /** Returns the open notice of a topic. */
  public Optional<Notice> find(String platform, String topic) {
    return read(platform + "/" + topic);
  }

  /** Puts a notice up, in place of the one of the same platform and topic. */
  public void put(Notice notice) {
    List<String> names = new ArrayList<>(names());
    if (!names.contains(notice.name())) {
      names.add(notice.name());
      tx.keepNote(INDEX, String.join("\n", names));
    }
    String text = notice.since() + " " + notice.told() + " " + notice.sentence();
    tx.keepNote(noteOf(notice.name()), text);
  }

  /** Takes a notice down. */
  public void remove(String platform, String topic) {
    String name = platform + "/" + topic;
    List<String> names = new ArrayList<>(names());
    names.remove(name);
    tx.keepNote(INDEX, String.join("\n", names));
    tx.keepNote(noteOf(name), "");
  }

  private List<String> names() {
    return tx.note(INDEX).filter(text -> !text.isEmpty()).stream()
        .flatMap(text -> Arrays.stream(text.split("\n")))
        .toList();
  }

  private Optional<Notice> read(String name) {
    return tx.note(noteOf(name))
        .filter(text -> !text.isEmpty())
        .map(text -> text.split(" ", PARTS))
        .map(
            parts ->
                new Notice(
                    name.substring(0, name.indexOf('/')),
                    name.substring(name.indexOf('/') + 1),
                    Instant.parse(parts[0]),
                    Instant.parse(parts[1]),
                    parts[2]));
  }

  private static String noteOf(String name) {
    return "notice/" + name;
  }
}
