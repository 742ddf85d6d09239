// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that only a few named classes may do, because it makes the rest of the program depend
 * on the hour, on luck, on the machine or on a thread without an owner.
 *
 * @param what the act in words
 * @param allowed classes that may, as names below the base package
 * @param targets what is called: {@code owner#method} or {@code owner#*}; {@code <init>} makes one
 */
record ForbiddenAct(String what, Set<String> allowed, Set<String> targets) {

  /** Every act, with the classes that may. */
  static List<ForbiddenAct> all() {
    return Stream.concat(timeAndLuck().stream(), machine().stream()).toList();
  }

  private static List<ForbiddenAct> timeAndLuck() {
    return List.of(
        new ForbiddenAct(
            "ask the clock of the machine",
            Set.of("app.Assembly"),
            Set.of(
                "java.time.Instant#now",
                "java.time.LocalDate#now",
                "java.time.LocalDateTime#now",
                "java.time.ZonedDateTime#now",
                "java.time.OffsetDateTime#now",
                "java.time.InstantSource#system",
                "java.time.Clock#systemUTC",
                "java.time.Clock#systemDefaultZone",
                "java.time.Clock#system",
                "java.lang.System#currentTimeMillis",
                "java.util.Date#<init>")),
        new ForbiddenAct("make a random id", Set.of(), Set.of("java.util.UUID#randomUUID")),
        new ForbiddenAct(
            "roll dice",
            Set.of("app.Assembly", "engine.Engine", "store.sql.Salts"),
            Set.of(
                "java.security.SecureRandom#<init>",
                "java.util.Random#<init>",
                "java.util.concurrent.ThreadLocalRandom#current",
                "java.lang.Math#random")),
        new ForbiddenAct(
            "sleep",
            // Between looks at a sender whose body is refused; the server has no timed read.
            Set.of("http.JavalinRequest"),
            Set.of(
                "java.lang.Thread#sleep",
                "java.util.concurrent.TimeUnit#sleep",
                "java.util.concurrent.locks.LockSupport#parkNanos")));
  }

  private static List<ForbiddenAct> machine() {
    return List.of(
        new ForbiddenAct(
            "read the environment", Set.of("app.Main"), Set.of("java.lang.System#getenv")),
        new ForbiddenAct(
            "make an HTTP client",
            Set.of("webhook.http.OutboundHttp"),
            Set.of("okhttp3.OkHttpClient#<init>", "okhttp3.OkHttpClient$Builder#<init>")),
        new ForbiddenAct(
            "start a thread",
            Set.of(
                "app.Assembly",
                "app.LogToStandardError",
                "effect.EffectRunner",
                "effect.WorkLoop",
                "slack.socket.SocketThreads",
                "store.sql.Aftermath",
                "store.sql.FileCheck",
                "store.sql.Follower",
                "store.sql.LogCopier",
                "store.sql.PassedOn",
                "store.sql.Writer"),
            Set.of(
                "java.lang.Thread#<init>",
                "java.util.Timer#<init>",
                "java.util.concurrent.Executors#*",
                "java.util.concurrent.ThreadPoolExecutor#<init>",
                "java.util.concurrent.ScheduledThreadPoolExecutor#<init>",
                "java.util.concurrent.ForkJoinPool#*")),
        new ForbiddenAct(
            "end the process",
            Set.of("app.Main"),
            Set.of("java.lang.System#exit", "java.lang.Runtime#halt", "java.lang.Runtime#exit")),
        new ForbiddenAct(
            "look for plugins",
            Set.of("app.Adapters", "app.Assembly"),
            Set.of("java.util.ServiceLoader#load")));
  }

  /** Whether an access is this act. */
  boolean isDoneBy(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    return targets.contains(owner + "#" + access.getTarget().getName())
        || targets.contains(owner + "#*");
  }

  @Override
  public String toString() {
    return what;
  }
}
