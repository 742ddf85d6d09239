// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.sabotage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Faults that are put into the program, each with what has to notice it. A proof that stays green
 * with its fault in proves nothing.
 */
public enum Sabotage {
  /** An input is acknowledged while its commit is still to come. */
  EARLY_ACKNOWLEDGEMENT(
      1,
      "a delivery is acknowledged before its commit",
      trial("checker_acknowledgedBeforeTheCommit_reportsALoss", "0 messages “we rolled back”"),
      new Mutant(
          Sources.STORE + "Writer.java",
          "ports.statements.update(\"COMMIT\");",
          "batch.forEach(Job::complete); ports.statements.update(\"COMMIT\");")),

  /** A commit does not wait for the disk. */
  NO_SYNC(
      2,
      "commits are not synced (`synchronous=OFF`)",
      new Proof.Trial(
          "dev.muster.app.crash.PowerLossTest#trial_commitsThatAreNotSynced_areCaught", "lost"),
      synchronous("OFF")),

  /** The same delivery can be stored twice. */
  NO_UNIQUE_INDEX(
      3,
      "the inbox has no unique index on its keys",
      quick(
          "dev.muster.store.sql.SqlStoreContractTest"
              + "#inbox_aRepeat_isRecognisedAndGivenTheStoredAnswer",
          "but was: <Stored[id=id-000000002, repeat=false"),
      new Mutant(
          "bot-core/src/main/resources/db/sqlite/V1__begin.sql",
          "  answer TEXT,\n  UNIQUE (source, delivery_key)\n",
          "  answer TEXT\n"),
      new Mutant(
          Sources.STORE + "SqlInbox.java",
          "0, 0) ON CONFLICT (source, delivery_key) DO NOTHING",
          "0, 0)")),

  /** What a platform has already is not looked for after a lost reply. */
  NO_LOOKING(
      4,
      "an order in doubt is repeated without looking what is there",
      trial("checker_repeatedOrdersNotRecognised_reportsADouble", "2 headlines of INC-1"),
      new Mutant(
          "web-adapter/src/main/java/dev/muster/web/chat/ChatRecords.java",
          "return \"o/\" + key;",
          "return \"o/\" + key + System.nanoTime();")),

  /** A step is called before the attempt is durable. */
  CALL_NOT_WRITTEN_DOWN(
      5,
      "a target is called before the attempt is written",
      trial("checker_callNotWrittenDownBefore_reportsADouble", "was called 2 times"),
      new Mutant(
          Sources.ENGINE + "StepCarrier.java",
          "Optional<RunbookRun> dispatched = store.run(tx -> dispatch(moment(tx), call));",
          """
          Optional<RunbookRun> dispatched =
              store.read(tx -> tx.all(RunbookRun.class).find(call.run()))
                  .flatMap(
                      run ->
                          run.dispatch(
                                  call.step(),
                                  store.read(tx -> StepRecords.currentHash(moment(tx), run)),
                                  clock.instant())
                              .<Optional<RunbookRun>>match(Optional::of, no -> Optional.empty()));
          """)),

  /** The HTTP client under the adapter repeats posts by itself. */
  SILENT_REPEAT(
      6,
      "the HTTP client repeats by itself what lost its reply",
      slow(
          "dev.muster.slack.client.SilentRepeatTest"
              + "#post_doneButReplyLostOnAKeptConnection_isSentOnceAndUnknown",
          "expected: <2> but was: <3>"),
      new Mutant(
          "slack-adapter/src/main/java/dev/muster/slack/client/SdkClients.java",
          ".retryOnConnectionFailure(false)",
          ".retryOnConnectionFailure(true)")),

  /** Whoever presses Approve approves. */
  ANYBODY_APPROVES(
      7,
      "nobody asks whether the approver may approve",
      quick(
          "dev.muster.runbook.ApprovalTest#approval_withoutEntitlement_isRefused",
          "accepted: RunbookRun"),
      new Mutant(Sources.CORE + "runbook/Approval.java", "if (!entitled) {", "if (false) {")),

  /** A captured request is good for ever. */
  ANY_TIME(
      8,
      "the time of a signed request is not looked at",
      quick(
          "dev.muster.slack.SlackRouteTest#timestamp_fiveMinutesEitherWay_isTheEdge",
          "expected: <401> but was: <200>"),
      new Mutant(
          "slack-adapter/src/main/java/dev/muster/slack/inbound/RequestVerifier.java",
          ".abs().compareTo(WINDOW) > 0",
          ".isZero() && now.equals(Instant.MIN)")),

  /** A timer is gone before what it sets off is written. */
  TIMER_IN_TWO_COMMITS(
      9,
      "a timer is taken down in one commit and has its effect in another",
      trial(
          "checker_timerInTwoCommits_reportsThatItIsGone",
          "nothing will tell the promised news of"),
      new Mutant(
          Sources.ENGINE + "TimerRunner.java",
          "            fire(tx, timer);\n",
          """
                      tx.timers().cancel(timer.kind(), timer.subject());
                      return null;
                    });
                store.run(
                    tx -> {
                      tx.timers().set(timer);
                      fire(tx, timer);
          """)),

  /** Whoever was given up on may still say how it ended. */
  NO_FENCING(
      10,
      "an attempt that was given up writes its result over the newer one",
      quick(
          "dev.muster.store.sql.SqlStoreContractTest#finishing_withAnOldAttempt_isRefused",
          "expected: <false> but was: <true>"),
      new Mutant(
          Sources.STORE + "SqlEffects.java",
          "      UPDATE effect SET state = ?, result = ?, first_in_lane = 0\n"
              + "      WHERE id = ? AND state = 1 AND attempt = ?\n",
          "      UPDATE effect SET state = ?, result = ?, first_in_lane = 0\n"
              + "      WHERE id = ? AND state = 1 AND attempt >= ?\n")),

  /** Words from outside are markup on a page. */
  NO_ESCAPE_ON_PAGES(
      11,
      "text is not escaped on pages",
      slow(
          "dev.muster.web.dashboard.HostileTextTest"
              + "#everyPage_payloadsInEveryText_holdsOnlyOurMarkup",
          "<script>"),
      new Mutant(
          "web-adapter/src/main/java/dev/muster/web/dashboard/Tag.java",
          "ShownText.write((String) part, out);",
          "out.append(part);")),

  /** Words from outside are markup in Slack. */
  NO_ESCAPE_IN_SLACK(
      11,
      "text is not escaped in Slack",
      slow(
          "dev.muster.slack.render.MessageRendererTest"
              + "#outsideText_fromTheCorpus_notifiesNobodyAnywhere",
          "expected: <[]>"),
      new Mutant(
          "slack-adapter/src/main/java/dev/muster/slack/render/Markup.java",
          ".replace(\"<\", \"&lt;\")\n        .replace(\">\", \"&gt;\");",
          ";")),

  /** A day has always 24 hours. */
  DAYS_OF_24_HOURS(
      12,
      "turns on call last 24 hours, whatever clocks do",
      quick(
          "dev.muster.oncall.ScheduleTest#dailyHandOver_acrossAClockChange_staysAtNine",
          "expected: <09:00> but was: <"),
      new Mutant(
          Sources.CORE + "oncall/Rotation.java",
          "        LocalTimes.firstInstant(startOf(number + 1), zone));",
          "        LocalTimes.firstInstant(startOf(number), zone).plus(rotateEvery));")),

  /** A configuration is taken over in spite of what is wrong with it. */
  UNCHECKED_CONFIGURATION(
      13,
      "a changed configuration comes into force before it is checked",
      quick(
          "dev.muster.config.load.LiveConfigTest#reload_ofABrokenRunbook_keepsTheOldOne",
          "ConfigResult.Refused> but was: <dev.muster.config.ConfigResult.Loaded>"),
      new Mutant(
          Sources.CORE + "config/load/ConfigLoader.java",
          "return problems.none()\n",
          "return config.isPresent()\n")),

  /** A request may be as large as it likes. */
  NO_BODY_LIMIT(
      14,
      "the body of a request has no limit",
      slow(
          "dev.muster.http.TooLargeBodyTest#body_tooLargeInChunks_isReadToItsEndAndRefused",
          "but was: <HTTP/1.1 202 Accepted>"),
      new Mutant(
          Sources.CORE + "http/JavalinRequest.java",
          "Math.min(limit, MAX_BODY)",
          "Integer.MAX_VALUE")),

  /** What people type is kept with the secrets in it. */
  NO_REDACTION(
      15,
      "secrets are not taken out of what people say",
      slow(
          "dev.muster.engine.SecretsAtTheDoorTest"
              + "#delivery_withASecretInAnyWords_neitherReachesTheHandlingNorTheDisk",
          "stored: redacted aws key"),
      new Mutant(Sources.ENGINE + "Screening.java", "return cleaned.text();", "return text;")),

  /** Whoever asks gets the timeline of a private incident. */
  PRIVATE_EXPORT(
      16,
      "what private incidents hold is handed out to everybody",
      slow(
          "dev.muster.app.PrivateIncidentTest#"
              + "incident_forEverybodyElse_isAnsweredLikeOneThatIsNot",
          "expected: <404> but was: <200>"),
      new Mutant(
          Sources.CORE + "readmodel/IncidentViews.java",
          "tx.incidents().find(id, viewer.user())",
          "tx.incidents().find(id)")),

  /** Whoever asks gets the timeline of a private incident as a file. */
  PRIVATE_FILE(
      16,
      "`timeline export` hands a private incident to whoever names it",
      slow(
          "dev.muster.engine.TimelineExportTest#export_ofAPrivateIncident_isForItsMembers",
          "is on its way to you"),
      new Mutant(
          Sources.ENGINE + "CommandDesk.java",
          ".filter(incident -> incident.visibleTo(viewer));",
          ";"),
      new Mutant(
          Sources.CORE + "access/AccessPolicy.java",
          "return incident.visibleTo(Optional.empty())",
          "return true")),

  /** What was done is written down in a commit of its own. */
  FACT_IN_ANOTHER_COMMIT(
      17,
      "the fact that tells of a deed is not in the deed's commit",
      trial(
          "checker_factInAnotherCommit_reportsADeedWithoutAFact",
          "I8 1 channels of INC-1, 0 on its timeline"),
      new Mutant(
          Sources.ENGINE + "EffectCarrier.java",
          "      if (moment.tx().effects().done(effect.id(), effect.attempt(), s.result())) {\n"
              + "        s.facts().accept(moment);\n",
          """
                if (moment.tx().effects().done(effect.id(), effect.attempt(), s.result())) {
                  moment.tx().afterCommit(
                      () ->
                          store.submit(
                              tx -> {
                                s.facts().accept(new Moment(tx, clock.instant(), settings.get()));
                                return null;
                              }));
          """)),

  /** Two programs write one file. */
  NO_LOCK(
      18,
      "two bots may write one file (no leases here: the file's lock stands in their place)",
      quick(
          "dev.muster.store.sql.StoreOpeningTest#open_aSecondTime_isRefusedAndNamesTheHolder",
          "StoreOpening$Opened cannot be cast"),
      new Mutant(
          Sources.STORE + "StoreLock.java",
          "channel.tryLock();",
          "channel.tryLock(System.nanoTime(), 1, false);")),

  /** After a stop everything that was missed happens one after the other. */
  EVERY_MISSED_STEP(
      19,
      "after a stop every missed level is asked for itself",
      quick(
          "dev.muster.oncall.EscalationTest"
              + "#escalation_afterDowntime_asksEveryMissedLevelInOneGoAndSaysHowLate",
          "expected: <3> but was: <1>"),
      new Mutant(
          Sources.CORE + "oncall/Escalation.java",
          "while (next < policy.levels().size() && !dueAt(next).isAfter(now)) {",
          "while (next == levelsAsked) {")),

  /** Any channel of the wanted name is ours. */
  ADOPTS_ANYTHING(
      20,
      "a channel that has the wanted name is adopted, whoever made it",
      slow(
          "dev.muster.slack.TakenNamesTest#name_takenByAStranger_isNeverAdoptedAndTold", "adopted"),
      new Mutant(
          "slack-adapter/src/main/java/dev/muster/slack/client/OpeningVerbs.java",
          "self.userId().equals(c.getCreator())\n"
              + "                    && ChannelName.madeFrom(name, c.getName())\n"
              + "                    && c.getCreated() != null\n"
              + "                    && !Instant.ofEpochSecond(c.getCreated()).isBefore(since)\n",
          "ChannelName.madeFrom(name, c.getName())\n"));

  private final int number;
  private final String broken;
  private final Proof proof;
  private final List<Mutant> mutants;

  Sabotage(int number, String broken, Proof proof, Mutant... mutants) {
    this.number = number;
    this.broken = broken;
    this.proof = proof;
    this.mutants = List.of(mutants);
  }

  /** Where sources lie. */
  private static final class Sources {
    static final String CORE = "bot-core/src/main/java/dev/muster/";
    static final String ENGINE = CORE + "engine/";
    static final String STORE = CORE + "store/sql/";
  }

  private static Proof trial(String method, String says) {
    return new Proof.Trial("dev.muster.app.crash.SabotageTest#" + method, says);
  }

  private static Proof quick(String test, String says) {
    return new Proof.Test(test, says, true);
  }

  private static Proof slow(String test, String says) {
    return new Proof.Test(test, says, false);
  }

  /** Puts a pragma behind what the store reads back, so that the store does not notice. */
  public static Mutant synchronous(String mode) {
    return new Mutant(
        Sources.STORE + "Connections.java",
        "check(connection);\n",
        "check(connection); try (Statement weak = connection.createStatement()) {"
            + " weak.execute(\"PRAGMA synchronous = "
            + mode
            + "\"); }\n");
  }

  /** Returns which of the twenty it is. */
  public int number() {
    return number;
  }

  /** Returns what is broken, in words that begin no sentence. */
  public String broken() {
    return broken;
  }

  /** Returns what becomes red. */
  public Proof proof() {
    return proof;
  }

  /** Puts the fault in and returns the folder that is to stand first on a class path. */
  public Path into(Path folder) throws IOException {
    return Mutant.into(folder, mutants);
  }
}
