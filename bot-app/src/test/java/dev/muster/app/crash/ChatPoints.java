// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.Receipt;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/**
 * A chat platform with a crash point before and after everything that is heard and every verb that
 * is called. The child's class loader shows these factories in place of the real ones.
 *
 * @param <C> the configuration of the real one
 */
public abstract class ChatPoints<C extends Record> implements ChatPlatformFactory<C> {

  private final CrashPoints points = CrashPoints.OF_THIS_PROCESS;
  private final ChatPlatformFactory<C> real;

  ChatPoints(String factory) {
    real = real(factory);
  }

  @SuppressWarnings("unchecked")
  private static <C extends Record> ChatPlatformFactory<C> real(String factory) {
    try {
      return (ChatPlatformFactory<C>) Class.forName(factory).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(factory + " is not on the class path", e);
    }
  }

  /** The built-in chat. */
  public static final class Web<C extends Record> extends ChatPoints<C> {
    /** Made by the program's own search for adapters. */
    public Web() {
      super("dev.muster.web.chat.WebChatPlatformFactory");
    }
  }

  /** Slack. */
  public static final class Slack<C extends Record> extends ChatPoints<C> {
    /** Made by the program's own search for adapters. */
    public Slack() {
      super("dev.muster.slack.SlackPlatformFactory");
    }
  }

  /** Teams. */
  public static final class Teams<C extends Record> extends ChatPoints<C> {
    /** Made by the program's own search for adapters. */
    public Teams() {
      super("dev.muster.teams.TeamsPlatformFactory");
    }
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Class<C> configType() {
    return real.configType();
  }

  @Override
  public ChatPlatform create(C config, ChatInbox inbox, PlatformRuntime runtime) {
    ChatPlatform platform = real.create(config, heard(inbox), runtime);
    return (ChatPlatform)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, arguments) -> {
              points.calls(method.getName());
              String call = "call " + method.getName() + " " + Arrays.toString(arguments);
              points.pass("before " + call);
              Object result =
                  points
                      .faults()
                      .call(
                          method.getName(), () -> CommitPoints.invoke(platform, method, arguments));
              points.pass("after " + call);
              return result;
            });
  }

  private ChatInbox heard(ChatInbox inbox) {
    return delivery -> {
      points.pass("before accept " + delivery.event());
      Receipt receipt = inbox.accept(delivery);
      points.pass("after accept " + delivery.event());
      return receipt;
    };
  }
}
