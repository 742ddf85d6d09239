// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Stands between the engine and a chat: remembers what was called and what is written on each
 * button, and refuses what it is told to refuse. Any thread may call.
 */
final class WatchedChat {

  private final Map<String, String> labels = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<UserRef> refused = new CopyOnWriteArrayList<>();
  private final Map<String, Profile> changed = new ConcurrentHashMap<>();
  private final MortalChat mortal = new MortalChat();
  private volatile MessageRef fixed;
  private volatile Consumer<ChannelRef> opened = channel -> {};
  private volatile boolean filesRefused;

  /** Returns the chat as the engine is to see it. */
  ChatPlatform over(ChatPlatform platform) {
    return (ChatPlatform)
        Proxy.newProxyInstance(
            ChatPlatform.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              for (Object argument : arguments == null ? new Object[0] : arguments) {
                if (argument instanceof BotMessage message) {
                  message.buttons().forEach(this::remember);
                }
              }
              Object outcome =
                  instead(method.getName(), arguments)
                      .orElseGet(() -> mortal.invoked(platform, method, arguments));
              if (outcome instanceof ChatOutcome.Done<?> done
                  && method.getName().equals("openChannel")) {
                opened.accept(((OpenedChannel) done.value()).channel());
              }
              return outcome;
            });
  }

  /** What the platform says of people who are not what they were. */
  private Optional<Object> instead(String verb, Object[] arguments) {
    if (verb.equals("tell") && refused.contains(((ReplyTo) arguments[1]).user())) {
      return Optional.of(new ChatOutcome.Refused<>("users_not_found"));
    }
    if (verb.equals("attach") && filesRefused) {
      return Optional.of(new ChatOutcome.Refused<>("missing_scope"));
    }
    if (verb.equals("edit") && Arrays.asList(arguments).contains(fixed)) {
      return Optional.of(new ChatOutcome.Refused<>("edit_window_closed"));
    }
    return verb.equals("findPerson")
        ? Optional.ofNullable(changed.get(arguments[0])).map(ChatOutcome.Done::new)
        : Optional.empty();
  }

  private void remember(Button button) {
    button.confirm().ifPresent(question -> questions.add(question.text()));
    labels.put(button.token(), button.label());
  }

  /** Does something in each new channel before the engine hears that there is one. */
  void beforeOpened(Consumer<ChannelRef> act) {
    opened = act;
  }

  /** Lets a message stay as it is. */
  void refuseToEdit(MessageRef message) {
    fixed = message;
  }

  void refuseFiles() {
    filesRefused = true;
  }

  void refuseToTell(UserRef user) {
    refused.add(user);
  }

  /** Lets the platform know somebody otherwise than before. */
  void knowsNow(UserRef user, Profile profile) {
    changed.put(user.id(), profile);
  }

  /** Returns what lets the process die between two calls. */
  MortalChat mortal() {
    return mortal;
  }

  /** Returns how often the platform was called for that. */
  long calls(String verb) {
    return calls.stream().filter(verb::equals).count();
  }

  /** Returns the questions that buttons asked before a press counts, in order. */
  List<String> questions() {
    return questions;
  }

  /** Returns what is written on a button; null if it never was shown. */
  String label(String token) {
    return labels.get(token);
  }
}
