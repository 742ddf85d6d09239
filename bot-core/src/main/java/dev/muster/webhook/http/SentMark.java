// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.EventListener;

/** Travels with one request and remembers whether its first byte may have left. */
final class SentMark {

  /** Marks every request that carries a mark, before its first byte is written. */
  static final EventListener.Factory LISTENERS =
      call -> {
        SentMark mark = call.request().tag(SentMark.class);
        return mark == null ? EventListener.NONE : mark.listener();
      };

  private final AtomicBoolean sent = new AtomicBoolean();

  boolean maybeSent() {
    return sent.get();
  }

  private EventListener listener() {
    return new EventListener() {
      @Override
      public void requestHeadersStart(Call call) {
        sent.set(true);
      }
    };
  }
}
