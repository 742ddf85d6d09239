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
 * The built-in chat with a crash point before and after everything that is heard and every verb
 * that is called. The child's class loader shows this factory in place of the real one.
 *
 * @param <C> the configuration of the real one
 */
public final class ChatPoints<C extends Record> implements ChatPlatformFactory<C> {

  private static final String REAL = "dev.muster.web.chat.WebChatPlatformFactory";

  private final CrashPoints points = CrashPoints.OF_THIS_PROCESS;
  private final ChatPlatformFactory<C> real = real();

  @SuppressWarnings("unchecked")
  private static <C extends Record> ChatPlatformFactory<C> real() {
    try {
      return (ChatPlatformFactory<C>) Class.forName(REAL).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the built-in chat is not on the class path", e);
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
              String call = "call " + method.getName() + " " + Arrays.toString(arguments);
              points.pass("before " + call);
              Object result = CommitPoints.invoke(platform, method, arguments);
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
