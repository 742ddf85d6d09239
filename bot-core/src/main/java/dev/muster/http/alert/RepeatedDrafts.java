// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import dev.muster.alert.Alert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what became of drafts, because senders state what still fires again and again, in the
 * same words. Only what comes out the same at any later time is remembered. Safe for threads.
 */
final class RepeatedDrafts {

  private static final int MOST = 8_000;

  /** Larger ones are rare and would fill the memory. */
  private static final int LONGEST_TEXT = 2_000;

  private final Map<AlertDraft, Alert> finished = new LinkedHashMap<>(16, 0.75f, true);

  /** Returns the alert of a draft. */
  Alert finish(AlertDraft draft, Instant now) {
    Alert known = known(draft);
    if (known != null) {
      return known;
    }
    Alert alert = draft.finish(now);
    if (isTimeless(draft, alert)) {
      remember(draft, alert);
    }
    return alert;
  }

  private synchronized Alert known(AlertDraft draft) {
    return finished.get(draft);
  }

  private synchronized void remember(AlertDraft draft, Alert alert) {
    finished.put(draft, alert);
    if (finished.size() > MOST) {
      finished.remove(finished.keySet().iterator().next());
    }
  }

  /**
   * What fires since a time that was believed is not read otherwise later. Secrets are not kept.
   */
  private static boolean isTimeless(AlertDraft draft, Alert alert) {
    return draft.status() == Alert.Status.FIRING
        && alert.flags().stream().noneMatch(RepeatedDrafts::isOfNow)
        && length(draft) <= LONGEST_TEXT;
  }

  private static boolean isOfNow(String flag) {
    return flag.startsWith("time_") || flag.startsWith("redacted_");
  }

  private static int length(AlertDraft draft) {
    return draft.title().length()
        + draft.url().length()
        + draft.fingerprint().length()
        + draft.startsAt().length()
        + draft.endsAt().length()
        + length(draft.labels())
        + length(draft.annotations());
  }

  private static int length(Map<String, String> texts) {
    return texts.entrySet().stream()
        .mapToInt(each -> each.getKey().length() + each.getValue().length())
        .sum();
  }
}
