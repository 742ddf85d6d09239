// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls of Teams that wait for a dialog. Teams opens a dialog only as the direct answer to a click,
 * so the form that an effect orders must meet the call that is still open. Either the form is
 * handed to the call or the call gives up; never both, never neither. Thread-safe.
 */
public final class PendingDialogs {

  private final Map<String, CompletableFuture<Optional<Form>>> waiting = new ConcurrentHashMap<>();

  /** Begins to wait under a name. */
  public CompletableFuture<Optional<Form>> begin(String name) {
    CompletableFuture<Optional<Form>> form = new CompletableFuture<>();
    waiting.put(name, form);
    return form;
  }

  /**
   * Ends waiting.
   *
   * @return the form, if it came in the last moment
   */
  public Optional<Form> end(String name) {
    CompletableFuture<Optional<Form>> form = waiting.remove(name);
    if (form == null) {
      return Optional.empty();
    }
    form.complete(Optional.empty());
    return form.getNow(Optional.empty());
  }

  /** Hands a form to the call that waits for it; returns false when none waits any more. */
  public boolean show(FormOpening opening, Form form) {
    return name(opening)
        .map(waiting::get)
        .map(call -> call.complete(Optional.of(form)))
        .orElse(false);
  }

  /** Returns the conversation in which a form may be shown when no call waits for it. */
  public static String place(FormOpening opening) {
    return opening.handle().substring(opening.handle().lastIndexOf(' ') + 1);
  }

  private static Optional<String> name(FormOpening opening) {
    int parting = opening.handle().lastIndexOf(' ');
    return parting < 0 ? Optional.empty() : Optional.of(opening.handle().substring(0, parting));
  }

  /** Lets every waiting call go without a form. */
  public void endAll() {
    waiting.keySet().forEach(this::end);
  }
}
