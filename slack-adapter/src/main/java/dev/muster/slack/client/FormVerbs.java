// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.view.View;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.pace.Recent;
import dev.muster.slack.render.FormRenderer;
import dev.muster.slack.render.MessageRenderer;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens and replaces modals, and shows a person's own screen. */
public final class FormVerbs {

  private static final int REMEMBERED = 1_000;

  private final SlackApi api;
  private final InstantSource clock;
  private final Map<String, OpenView> openViews = new Recent<>(REMEMBERED);

  private final Set<String> updated = Collections.newSetFromMap(new Recent<>(REMEMBERED));

  /** Creates the verbs. */
  public FormVerbs(SlackApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Opens a form; the trigger behind the opening works once and for three seconds. */
  public ChatOutcome<Nothing> open(FormOpening opening, Form form) {
    if (!clock.instant().isBefore(opening.expiresAt())) {
      return new ChatOutcome.Refused<>("the three seconds in which Slack opens a form are over");
    }
    OpeningHandle handle = OpeningHandle.read(opening.handle());
    View view = render(form, handle.channel());
    return api.write(
            "views.open", client -> client.viewsOpen(r -> r.triggerId(handle.trigger()).view(view)))
        .outcome(
            body -> {
              if (body.getView() != null) {
                remember(form.token(), new OpenView(body.getView().getId(), handle.channel()));
              }
              return Nothing.NOTHING;
            });
  }

  /** Replaces the form that stands open under the same token. */
  public ChatOutcome<Nothing> update(Form form) {
    return viewOf(form.token())
        .map(open -> update(open, form))
        .orElseGet(() -> new ChatOutcome.Refused<>("the form is no longer open"));
  }

  private ChatOutcome<Nothing> update(OpenView open, Form form) {
    ChatOutcome<Nothing> outcome = replace(open.id(), render(form, open.channel()));
    if (outcome instanceof ChatOutcome.Done<Nothing>) {
      synchronized (openViews) {
        updated.add(open.id());
      }
    }
    return outcome;
  }

  /** Returns whether a window shows something newer than the answer to its submission. */
  boolean isUpdated(String viewId) {
    synchronized (openViews) {
      return updated.contains(viewId);
    }
  }

  /** Takes what a window shows for old: it was submitted. */
  void forgetUpdate(String viewId) {
    synchronized (openViews) {
      updated.remove(viewId);
    }
  }

  /** Replaces what an open window shows. */
  public ChatOutcome<Nothing> replace(String viewId, View view) {
    return api.write("views.update", client -> client.viewsUpdate(r -> r.viewId(viewId).view(view)))
        .done();
  }

  /** Shows a person's own screen. */
  public ChatOutcome<Nothing> home(UserRef user, BotMessage home) {
    View view = home(home);
    return api.write(
            "views.publish", client -> client.viewsPublish(r -> r.userId(user.id()).view(view)))
        .done();
  }

  /** Returns somebody's own screen. */
  public static View home(BotMessage home) {
    return View.builder().type("home").blocks(MessageRenderer.home(home).blocks()).build();
  }

  /** Returns a form as a modal that knows where it was asked for. */
  public static View render(Form form, String channel) {
    return FormRenderer.render(form, FormMark.write(form.token(), channel));
  }

  private void remember(String token, OpenView view) {
    synchronized (openViews) {
      openViews.put(token, view);
    }
  }

  private Optional<OpenView> viewOf(String token) {
    synchronized (openViews) {
      return Optional.ofNullable(openViews.get(token));
    }
  }

  /**
   * A window that stands open.
   *
   * @param id Slack's id of the view
   * @param channel where it was asked for, or empty
   */
  private record OpenView(String id, String channel) {}
}
