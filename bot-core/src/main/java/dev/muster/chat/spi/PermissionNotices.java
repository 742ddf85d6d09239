// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import dev.muster.chat.ChatEvent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells operators for an adapter which permissions are missing, and that they are there again. What
 * went missing together is told together and once; while something is missing without which the
 * product does not do its job, that is repeated. Thread-safe.
 */
public final class PermissionNotices {

  private static final String DECLINED = ChatEvent.OperatorNotice.OPTIONAL + "scopes/";
  private static final String NEEDED = "needed_scopes/";

  private final OperatorNotices notices;
  private final String platform;
  private final Function<List<String>, String> mend;

  /**
   * A permission that is missing.
   *
   * @param word the platform's name of it, without commas
   * @param needed whether the product does not do its job without it
   */
  public record Missing(String word, boolean needed) {}

  /**
   * Creates notices that have told nothing yet.
   *
   * @param platform as people write it, such as {@code Slack}
   * @param mend from names of permissions to what is lost without them and how they are granted
   */
  public PermissionNotices(
      OperatorNotices notices, String platform, Function<List<String>, String> mend) {
    this.notices = notices;
    this.platform = platform;
    this.mend = mend;
  }

  /** Tells what is news about these permissions, the most needed first. */
  public synchronized void tell(List<Missing> missing) {
    List<String> words = missing.stream().map(Missing::word).toList();
    Set<String> told = new HashSet<>();
    told.addAll(stillMissing(NEEDED, words));
    told.addAll(stillMissing(DECLINED, words));
    List<Missing> untold = missing.stream().filter(each -> !told.contains(each.word())).toList();
    if (!untold.isEmpty()) {
      String kind = untold.stream().anyMatch(Missing::needed) ? NEEDED : DECLINED;
      List<String> group = untold.stream().map(Missing::word).toList();
      notices.tellOnce(kind + String.join(",", group), sentence(kind, group));
    }
  }

  /**
   * What went missing together was told together, by the gravest of it; the topic lists it, so that
   * a restart knows. Returns what of that still is missing; where something was granted, that is
   * said, and the rest is to be told anew.
   */
  private Set<String> stillMissing(String kind, List<String> words) {
    Set<String> told = new HashSet<>();
    for (String topic : notices.open(kind)) {
      List<String> group = Arrays.asList(topic.substring(kind.length()).split(","));
      if (words.containsAll(group)) {
        told.addAll(group);
        remind(kind, topic, words.stream().filter(group::contains).toList());
      } else {
        notices.over(topic, platform + " granted what was missing.");
      }
    }
    return told;
  }

  /** Whoever declined a permission knows it; without a needed one nothing works. */
  private void remind(String kind, String topic, List<String> words) {
    if (kind.equals(NEEDED)) {
      notices.tell(topic, sentence(kind, words));
    }
  }

  private String sentence(String kind, List<String> words) {
    String head =
        kind.equals(NEEDED)
            ? "Muster cannot do its job in " + platform + ". "
            : "Muster does without some permissions in " + platform + ". ";
    return head + mend.apply(words);
  }
}
