// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.PushLine;
import dev.muster.slack.fake.Pushed;

/**
 * Repeats an event until it is acknowledged, as Slack does; commands, presses and forms are sent
 * once, as Slack does.
 */
final class RepeatingLine implements PushLine {

  private final CrashBot bot;
  private final PushLine line;

  RepeatingLine(CrashBot bot, PushLine line) {
    this.bot = bot;
    this.line = line;
  }

  @Override
  public Pushed push(Push push) {
    Pushed answer = line.push(push);
    boolean repeats = push.kind() == Push.Kind.EVENT;
    for (int retry = 1; repeats && !answer.isAcknowledged() && retry <= 3; retry++) {
      awaitBot();
      answer = line.push(new Push(push.kind(), push.payload(), retry, "http_timeout"));
    }
    return answer;
  }

  private void awaitBot() {
    try {
      bot.port();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
