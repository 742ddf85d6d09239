// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.view.View;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Cause;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.Memory;
import dev.muster.slack.render.FormRenderer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Windows that say <em>Working…</em> until they show what was decided. Slack may be slow, throttle
 * us or be away, and we may be restarted: each window ends all the same, because which ones wait is
 * remembered, and what could not be shown is tried again at every look. Replacing a window twice by
 * the same is harmless, so a lost reply is tried again as well. Thread-safe.
 */
public final class LateWindows {

  private static final Logger LOG = LoggerFactory.getLogger(LateWindows.class);
  private static final String MARK = "working/";
  private static final int MOST = 500;

  /** Nobody sits before an open window for longer. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofHours(1);

  private static final String ENDED_MEANWHILE =
      "Muster was restarted meanwhile. What you typed is kept and worked on; look into the channel,"
          + " or ask /incident list.";
  private static final String NOT_SHOWN =
      "This was worked on, but the result cannot be shown here; look into the channel, or ask"
          + " /incident list.";

  private final FormVerbs forms;
  private final Memory memory;
  private final InstantSource clock;
  private final Map<String, Waiting> windows = new LinkedHashMap<>();
  private boolean remembered;

  /** What a window is to show, once that is known, and when Slack is asked again. */
  private record Waiting(String title, Instant since, Optional<View> shows, Instant due) {}

  /** Creates windows of which nobody waits yet. */
  public LateWindows(FormVerbs forms, Memory memory, InstantSource clock) {
    this.forms = forms;
    this.memory = memory;
    this.clock = clock;
  }

  /** Remembers that a window says <em>Working…</em>; blocks until that is durable. */
  public void began(String viewId, String title) {
    Instant now = clock.instant();
    forms.forgetUpdate(viewId);
    synchronized (this) {
      windows.put(viewId, new Waiting(title, now, Optional.empty(), now));
    }
    memory.put(List.of(Memory.Write.of(MARK + viewId, now.toEpochMilli() + " " + title)));
  }

  /** Lets a window show this, now or as soon as Slack takes it. */
  public void show(String viewId, String title, View view) {
    Instant now = clock.instant();
    synchronized (this) {
      Waiting before = windows.get(viewId);
      Instant since = before == null ? now : before.since();
      windows.put(viewId, new Waiting(title, since, Optional.of(view), now));
    }
    attempt(viewId);
  }

  /** Tries again what could not be shown; the first time also what a restart left behind. */
  public void look() {
    recall();
    List<String> wanted = new ArrayList<>();
    synchronized (this) {
      windows.forEach(
          (id, waiting) -> {
            boolean due = waiting.shows().isPresent() && !clock.instant().isBefore(waiting.due());
            if (due || isGivenUp(waiting)) {
              wanted.add(id);
            }
          });
    }
    wanted.forEach(this::attempt);
  }

  private void recall() {
    synchronized (this) {
      if (remembered) {
        return;
      }
      for (Memory.Entry mark : memory.scan(MARK, "", MOST)) {
        String[] value = mark.value().split(" ", 2);
        Instant since = Instant.ofEpochMilli(Long.parseLong(value[0]));
        View ended = FormRenderer.notice(value[1], ENDED_MEANWHILE);
        windows.putIfAbsent(
            mark.key().substring(MARK.length()),
            new Waiting(value[1], since, Optional.of(ended), clock.instant()));
      }
      remembered = true;
    }
  }

  private void attempt(String viewId) {
    Waiting waiting;
    synchronized (this) {
      waiting = windows.get(viewId);
    }
    if (waiting == null) {
      return;
    }
    if (isGivenUp(waiting)) {
      LOG.atWarn().log("slack_window_given_up");
      ended(viewId, waiting);
    } else if (waiting.shows().isPresent()) {
      if (forms.isUpdated(viewId)) {
        ended(viewId, waiting);
      } else {
        settle(viewId, waiting, forms.replace(viewId, waiting.shows().get()));
      }
    }
  }

  private boolean isGivenUp(Waiting waiting) {
    return !clock.instant().isBefore(waiting.since().plus(GIVEN_UP_AFTER));
  }

  private void settle(String viewId, Waiting waiting, ChatOutcome<Nothing> outcome) {
    if (outcome instanceof ChatOutcome.RetryLater<Nothing> later) {
      again(viewId, waiting, later.after());
    } else if (outcome instanceof ChatOutcome.Unknown<Nothing>
        || outcome.refusedFor(Cause.CREDENTIALS)) {
      again(viewId, waiting, Failure.DEFAULT_WAIT);
    } else {
      boolean refused = outcome instanceof ChatOutcome.Refused<Nothing>;
      if (ended(viewId, waiting) && refused) {
        forms.replace(viewId, FormRenderer.notice(waiting.title(), NOT_SHOWN));
      }
    }
  }

  private synchronized void again(String viewId, Waiting waiting, Duration after) {
    Instant due = clock.instant().plus(after);
    windows.computeIfPresent(
        viewId,
        (id, now) ->
            now.equals(waiting) ? new Waiting(now.title(), now.since(), now.shows(), due) : now);
  }

  /** Returns whether it waits for nothing newer; else that is shown at the next look. */
  private boolean ended(String viewId, Waiting tried) {
    synchronized (this) {
      if (!windows.remove(viewId, tried)) {
        return false;
      }
    }
    memory.put(List.of(Memory.Write.remove(MARK + viewId)));
    return true;
  }
}
