// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.app.offline.Ending;
import dev.muster.app.offline.Erasures;
import dev.muster.app.offline.IncidentArchive;
import dev.muster.app.offline.RunbookTrial;
import dev.muster.app.offline.StoreCopies;
import dev.muster.app.offline.Verification;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.config.BotConfig;
import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.config.load.ConfigLoader;
import dev.muster.config.load.ManifestFiles;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.store.sql.StorePerson;
import dev.muster.store.sql.StoreReader;
import dev.muster.store.sql.StoreRedaction;
import dev.muster.store.sql.StoreRestore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Entry point: reads the command line, prints what is for people to standard error. */
public final class Main {

  private static final int OK = 0;

  /** Something is wrong that has no exit code of its own. */
  static final int SICK = 1;

  private static final int USAGE = 2;
  private static final int CONFIG = 3;

  /** The store cannot be opened, or can no longer be trusted. */
  static final int STORE = 4;

  private static final String HELP =
      """
      Usage: java -jar muster.jar [COMMAND] [--config FILE]

      Commands
        run                   serve until Ctrl-C or SIGTERM (without a command, this)
        check-config [FILE]   read everything, start nothing, print all problems
        doctor                look at store, disk, clock, credentials and addresses; print the mend
        backup FILE           write a consistent copy of the store, beside a running Muster as well
        restore FILE [--replace-newer] [--above INC-n]
                              put a backup in the place of the store; what is there is kept
        verify --store        check the hash chain of the store, name the first bad entry
        verify FILE           the same for an exported archive or a backup
        export INC-n [--out FILE]
                              everything about an incident in one signed archive, INC-n.zip
        redact INC-n ENTRY --reason WHY [--words FILE]
                              take what an entry says, or words in it, out of the whole store
        about-person PLATFORM:ID [--out FILE]
                              hand out everything that is held of a person, as JSON
        forget-person PLATFORM:ID --reason WHY [--short-names]
                              put a pseudonym in the place of a person's names and address
        runbook test NAME [--var k=v]
                              show every request of a runbook, send nothing
        version               print the version
        help                  print this

      Without --config the file is the one in MUSTER_CONFIG, else config/bot.yaml, else the
      embedded defaults: built-in chat at http://localhost:8080, store under ./data.

      Exit codes: 0 fine, 1 something is wrong or was refused, 2 bad usage, 3 configuration,
      4 store, 6 address in use.
      """;

  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(carryOut(CommandLine.parse(args)));
  }

  /** Carries out a command and returns the exit code. */
  static int carryOut(CommandLine line) {
    if (line.problem().isPresent()) {
      return usage(line.problem().get());
    }
    return switch (line.command()) {
      case "run" -> line.rest().isEmpty() ? run(line) : usage("run takes no further words");
      case "check-config" -> checkConfig(line);
      case "doctor" ->
          line.rest().isEmpty() ? doctor(line) : usage("doctor takes no further words");
      case "backup" -> backup(line);
      case "restore" -> restore(line);
      case "verify" -> verify(line);
      case "export" -> export(line);
      case "redact" -> redact(line);
      case "about-person" -> aboutPerson(line);
      case "forget-person" -> forgetPerson(line);
      case "runbook" -> runbook(line);
      case "version" -> answer("Muster " + ProductVersion.current());
      case "help" -> answer(HELP.strip());
      default -> usage("Unknown command " + line.command());
    };
  }

  private static int usage(String problem) {
    System.err.println(problem + ". Try: java -jar muster.jar help");
    return USAGE;
  }

  private static int answer(String text) {
    System.out.println(text);
    return OK;
  }

  private static int checkConfig(CommandLine line) {
    if (line.rest().size() > 1) {
      return usage("check-config takes one file");
    }
    Optional<Path> named = line.rest().stream().findFirst().map(Path::of).or(line::config);
    Optional<Path> file = ConfigLoader.choose(named, System::getenv);
    return Adapters.loader(System::getenv)
        .load(file)
        .match(
            loaded -> {
              List<ConfigProblem> manifests = manifests(file, loaded.config());
              print(loaded.warnings());
              print(manifests);
              Optional<String> store = storeTrouble(loaded.config());
              store.ifPresent(System.err::println);
              return manifests.isEmpty() && store.isEmpty()
                  ? answer(
                      "The configuration is fine: "
                          + file.map(Path::toString).orElse("embedded defaults"))
                  : CONFIG;
            },
            refused -> {
              print(refused.problems());
              return CONFIG;
            });
  }

  private static Optional<String> storeTrouble(BotConfig config) {
    try {
      StoreReader.file(config.store().url());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static int doctor(CommandLine line) {
    Optional<Path> file = ConfigLoader.choose(line.config(), System::getenv);
    boolean fine = Assembly.examine(Adapters.loader(System::getenv).load(file), System.out);
    return fine ? OK : SICK;
  }

  private static int runbook(CommandLine line) {
    if (line.rest().size() != 2 || !line.rest().get(0).equals("test")) {
      return usage("runbook takes test and a name, for example: runbook test rollback-checkout");
    }
    return configured(
        line, config -> new RunbookTrial(config).show(line.rest().get(1), line.values("--var")));
  }

  private static int backup(CommandLine line) {
    if (line.rest().size() != 1) {
      return usage("backup takes one file, for example: backup muster-backup.db");
    }
    Path target = Path.of(line.rest().get(0));
    return configured(line, config -> new StoreCopies(config).backup(target, Assembly.now()));
  }

  private static int restore(CommandLine line) {
    if (line.rest().size() != 1) {
      return usage("restore takes one file, for example: restore muster-backup.db");
    }
    List<String> above = line.values("--above");
    Optional<IncidentId> number = above.stream().findFirst().flatMap(IncidentId::parse);
    if (above.size() > 1 || above.size() == 1 && number.isEmpty()) {
      return usage("--above takes one incident, for example --above INC-42");
    }
    StoreRestore.Wish wish =
        new StoreRestore.Wish(
            Path.of(line.rest().get(0)),
            !line.values("--replace-newer").isEmpty(),
            number,
            Assembly.now());
    return configured(line, config -> new StoreCopies(config).restore(wish));
  }

  private static int export(CommandLine line) {
    Optional<IncidentId> incident =
        line.rest().size() == 1 ? IncidentId.parse(line.rest().get(0)) : Optional.empty();
    List<String> out = line.values("--out");
    if (incident.isEmpty() || out.size() > 1) {
      return usage("export takes one incident, for example: export INC-1 --out INC-1.zip");
    }
    Optional<Path> target = out.stream().findFirst().map(Path::of);
    return configured(
        line, config -> new IncidentArchive(config).export(incident.get(), target, Assembly.now()));
  }

  private static int redact(CommandLine line) {
    Optional<IncidentId> incident =
        line.rest().size() == 2 ? IncidentId.parse(line.rest().get(0)) : Optional.empty();
    boolean numbered = incident.isPresent() && line.rest().get(1).matches("[1-9][0-9]{0,17}");
    List<String> reasons = line.values("--reason");
    boolean reasoned = reasons.size() == 1 && !reasons.get(0).isBlank();
    List<String> files = line.values("--words");
    if (!numbered || !reasoned || files.size() > 1) {
      return usage(
          "redact takes an incident, an entry and a reason, for example: redact INC-1 12 --reason"
              + " password");
    }
    List<String> words;
    try {
      words = Erasures.words(files.stream().findFirst().map(Path::of));
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return SICK;
    }
    StoreRedaction.Wish wish =
        new StoreRedaction.Wish(
            incident.orElseThrow(),
            Long.parseLong(line.rest().get(1)),
            words,
            reasons.get(0).strip(),
            operator(),
            Assembly.now());
    return configured(line, config -> new Erasures(config, Assembly.ids()).redact(wish));
  }

  private static int aboutPerson(CommandLine line) {
    Optional<UserRef> user = person(line);
    List<String> out = line.values("--out");
    if (user.isEmpty() || out.size() > 1) {
      return usage("about-person takes a person, for example: about-person slack:U123");
    }
    Optional<Path> target = out.stream().findFirst().map(Path::of);
    return configured(
        line, config -> new Erasures(config, Assembly.ids()).about(user.get(), target));
  }

  private static int forgetPerson(CommandLine line) {
    Optional<UserRef> user = person(line);
    List<String> reasons = line.values("--reason");
    if (user.isEmpty() || reasons.size() != 1 || reasons.get(0).isBlank()) {
      return usage(
          "forget-person takes a person and a reason, for example: forget-person slack:U123"
              + " --reason asked");
    }
    StorePerson.Wish wish =
        new StorePerson.Wish(
            user.get(),
            reasons.get(0).strip(),
            operator(),
            Assembly.now(),
            !line.values("--short-names").isEmpty());
    return configured(line, config -> new Erasures(config, Assembly.ids()).forget(wish));
  }

  private static Optional<UserRef> person(CommandLine line) {
    String named = line.rest().size() == 1 ? line.rest().get(0) : "";
    int colon = named.indexOf(':');
    boolean both = colon > 0 && !named.substring(colon + 1).isBlank();
    return both && !named.substring(0, colon).isBlank()
        ? Optional.of(new UserRef(named.substring(0, colon), named.substring(colon + 1)))
        : Optional.empty();
  }

  /** Whoever may run commands on this machine, by the name they have there. */
  private static Actor operator() {
    String name = System.getProperty("user.name", "operator");
    return new Actor.Human(new Person(new UserRef("operator", name), name));
  }

  private static int verify(CommandLine line) {
    boolean store = !line.values("--store").isEmpty();
    if (line.rest().size() != (store ? 0 : 1)) {
      return usage("verify takes a file or --store, for example: verify --store");
    }
    return store
        ? configured(line, Verification::store)
        : told(Verification.file(Path.of(line.rest().get(0))));
  }

  /** Carries out a command that needs the configuration and no running bot. */
  private static int configured(CommandLine line, Function<BotConfig, Ending> command) {
    Optional<Path> file = ConfigLoader.choose(line.config(), System::getenv);
    return Adapters.loader(System::getenv)
        .load(file)
        .match(
            loaded -> told(command.apply(loaded.config())),
            refused -> {
              print(refused.problems());
              return CONFIG;
            });
  }

  private static int told(Ending ending) {
    if (!ending.answer().isEmpty()) {
      System.out.println(ending.answer());
    }
    if (!ending.message().isEmpty()) {
      System.err.println(ending.message());
    }
    return ending.code();
  }

  private static List<ConfigProblem> manifests(Optional<Path> file, BotConfig config) {
    return file.map(main -> ManifestFiles.checkBeside(main, config.platforms().keySet()))
        .orElse(List.of());
  }

  private static void print(List<ConfigProblem> problems) {
    problems.forEach(System.err::println);
  }

  private static int run(CommandLine line) {
    Optional<Path> file = ConfigLoader.choose(line.config(), System::getenv);
    ConfigLoader loader = Adapters.loader(System::getenv);
    ConfigResult first = loader.load(file);
    return first.match(
        loaded -> {
          print(loaded.warnings());
          return serve(new LiveConfig(loaded, () -> loader.load(file)));
        },
        refused -> {
          print(refused.problems());
          return CONFIG;
        });
  }

  private static int serve(LiveConfig config) {
    // Until somebody listens, a SIGHUP would end the process; one that comes early waits.
    CompletableFuture<BotApp> started = new CompletableFuture<>();
    Signals.on("HUP", () -> started.thenAccept(BotApp::reload));
    StartOutcome outcome = StartOutcome.of(new Assembly(config, System::getenv)::start);
    if (outcome instanceof StartOutcome.NotRunning not) {
      System.err.println(not.sentence());
      return not.exitCode();
    }
    BotApp app = ((StartOutcome.Running) outcome).app();
    CountDownLatch end = new CountDownLatch(1);
    Signals.on("TERM", end::countDown);
    Signals.on("INT", end::countDown);
    System.out.println("Muster is ready at " + app.address());
    System.out.flush();
    started.complete(app);
    warnIfOpen(config.current());
    app.warmUp();
    app.broken().thenRun(end::countDown);
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    app.close();
    return app.broken().isDone() ? storeBroke(app.broken().join()) : OK;
  }

  /** After a failed write nothing on the disk may be trusted until it was opened anew. */
  private static int storeBroke(String sentence) {
    System.err.println(sentence);
    System.err.println(
        "Muster ended, because it cannot store anything more; everything it acknowledged was stored."
            + " What is wrong: java -jar muster.jar doctor");
    return STORE;
  }

  private static void warnIfOpen(BotConfig config) {
    boolean nobody =
        config.server().auth().tokens().isEmpty() && config.server().auth().oidc().isEmpty();
    if (!config.server().isLoopback() && nobody) {
      System.err.println(
          "Listening beyond this machine without server.auth.oidc or server.auth.tokens: pages"
              + " and API refuse everybody.");
    }
  }
}
