// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.app.Adapters;
import dev.muster.app.PlatformParts;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.Receipt;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.config.BotConfig;
import dev.muster.config.ConfigResult;
import dev.muster.http.spi.PagesFactory;
import dev.muster.store.sql.StoreReader;
import dev.muster.telemetry.Telemetry;
import dev.muster.webhook.http.OutboundHttp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * Looks at everything Muster needs and says, one line each, what is wrong and how to mend it.
 * Changes nothing, and may run beside a running Muster.
 */
public final class Doctor {

  private final InstantSource clock;
  private final Supplier<String> ids;
  private final ScheduledExecutorService executor;
  private final PrintStream out;

  /**
   * Makes a doctor.
   *
   * @param clock the machine's clock
   * @param ids unguessable identifiers
   * @param executor for the adapters' own work; the caller ends it
   * @param out where the lines go
   */
  public Doctor(
      InstantSource clock,
      Supplier<String> ids,
      ScheduledExecutorService executor,
      PrintStream out) {
    this.clock = clock;
    this.ids = ids;
    this.executor = executor;
    this.out = out;
  }

  /** Examines and prints; returns whether nothing is wrong. */
  public boolean examine(ConfigResult read) {
    List<Finding> findings = new ArrayList<>();
    print(findings, List.of(MachineCheck.encoding(Charset.defaultCharset())));
    boolean usable = read.match(loaded -> true, refused -> false);
    print(
        findings,
        read.match(
            loaded -> warnings(loaded),
            refused ->
                refused.problems().stream()
                    .map(problem -> Finding.wrong("config", problem.toString()))
                    .toList()));
    if (usable) {
      examine(findings, ((ConfigResult.Loaded) read).config());
    }
    long wrong = findings.stream().filter(Finding::isWrong).count();
    out.println(
        wrong == 0
            ? "Nothing is wrong."
            : "To mend: " + wrong + (wrong == 1 ? " thing." : " things."));
    return wrong == 0;
  }

  private static List<Finding> warnings(ConfigResult.Loaded loaded) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("config", "The configuration can be used."));
    loaded.warnings().forEach(each -> findings.add(Finding.note("config", each.toString())));
    return findings;
  }

  private void examine(List<Finding> findings, BotConfig config) {
    Optional<StoreReader> reader = store(findings, config.store().url());
    try (OutboundHttp outbound = new OutboundHttp()) {
      AddressCheck addresses = new AddressCheck(outbound.forPlatforms());
      print(findings, addresses.look(config));
      boolean running = addresses.isRunning(config.server());
      print(findings, SignInCheck.look(config.server(), outbound.forPlatforms(), clock));
      print(findings, reader.map(store -> NoticeCheck.look(store, running)).orElse(List.of()));
      platforms(findings, config, reader, outbound);
    } finally {
      reader.ifPresent(StoreReader::close);
    }
  }

  /** Returns the store, opened; empty when there is none, or it cannot be read. */
  private Optional<StoreReader> store(List<Finding> findings, String url) {
    try {
      Path file = StoreReader.file(url);
      print(findings, List.of(MachineCheck.disk(file.getParent())));
      print(findings, List.of(MachineCheck.clock(file, clock.instant())));
      Optional<StoreReader> reader =
          Files.exists(file) ? Optional.of(StoreReader.open(url)) : Optional.empty();
      print(findings, StoreCheck.look(file, reader));
      return reader;
    } catch (IOException e) {
      print(findings, List.of(Finding.wrong("store", e.getMessage())));
      return Optional.empty();
    }
  }

  private void platforms(
      List<Finding> findings,
      BotConfig config,
      Optional<StoreReader> reader,
      OutboundHttp outbound) {
    try {
      List<ChatPlatform> made =
          Adapters.make(
              config,
              name -> delivery -> new Receipt.NotStored("examination"),
              name -> runtime(config, outbound, StoreReader.memory(reader, name)));
      for (ChatPlatform platform : made) {
        List<Finding> looked = PlatformCheck.look(platform, executor);
        print(findings, looked);
        if (looked.stream().noneMatch(Finding::isWrong)) {
          print(findings, ChannelCheck.look(config, platform, executor));
          print(findings, PeopleCheck.look(config, platform, executor));
        }
        platform.close();
      }
    } catch (IllegalArgumentException refused) {
      print(findings, List.of(Finding.wrong("platforms", refused.getMessage())));
    }
  }

  private PlatformRuntime runtime(BotConfig config, OutboundHttp outbound, Memory memory) {
    return new PlatformParts(
        clock,
        ids,
        executor,
        new Telemetry(),
        outbound.forPlatforms(),
        memory,
        Path.of("data", "files"),
        () -> config.server().publicUrl(config.server().port()).toString(),
        config.server().isLoopback(),
        Optional::empty,
        new UnservedRoutes());
  }

  private void print(List<Finding> all, List<Finding> more) {
    all.addAll(more);
    more.forEach(finding -> out.println(finding.line()));
  }

  /** Nothing is served during an examination, so what adapters register leads nowhere. */
  private static final class UnservedRoutes implements PagesFactory.Routes {
    @Override
    public void route(String method, String path, RouteHandler handler) {
      // Nobody listens during an examination.
    }

    @Override
    public void otherwise(RouteHandler handler) {
      // Nobody listens during an examination.
    }
  }
}
