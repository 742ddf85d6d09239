// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static dev.muster.command.CommandAssertions.intentOf;
import static dev.muster.command.CommandAssertions.parsed;
import static dev.muster.command.CommandAssertions.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.UserRef;
import dev.muster.incident.Closing;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {

  static List<CommandSpec> specs() {
    return CommandSpec.all();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void example_ofEveryVerb_isUnderstoodAsThatVerb(CommandSpec spec) {
    assertEquals(spec, parsed(spec.typedExample()).spec());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void alias_ofEveryVerb_meansTheSame(CommandSpec spec) {
    String rest = spec.example().substring(spec.verb().length());
    for (String alias : spec.aliases()) {
      assertEquals(intentOf(spec.example()), intentOf(alias + rest));
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void grammar_ofEveryVerb_isThere(CommandSpec spec) {
    assertTrue(Grammars.BY_VERB.containsKey(spec.verb()));
    assertEquals(CommandSpec.all().size(), Grammars.BY_VERB.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t\n", "\u00A0\u3000", "/incident", "incident", "?", "help"})
  void nothingTyped_meansHelp(String text) {
    assertEquals(new Intent.Help(Optional.empty()), intentOf(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/incident severity 2",
        "/INCIDENT severity 2",
        "incident severity 2",
        "/inc severity 2",
        "  SEVERITY\u00A02 ",
        "sev sev2",
        "Sev SEV-2",
        "severity\u3000sev 2",
        "/severity 2"
      })
  void prefixCaseAndSpaces_doNotMatter(String text) {
    assertEquals(new Intent.ChangeSeverity(Severity.SEV2, Optional.empty()), intentOf(text));
  }

  @Test
  void turkishLocale_doesNotChangeTheLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertEquals(new Intent.ListIncidents(IncidentFilter.MINE), intentOf("INCIDENT LIST MINE"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INC-3 resolve it is back, 3",
    "resolve inc-3 it is back, 3",
    "#3 resolve it is back, 3",
    "resolve it is back, 0"
  })
  void address_beforeOrBehindTheVerb_isRead(String text, long number) {
    var understood = parsed(text);
    var expected = new Intent.Advance(IncidentStatus.RESOLVED, Optional.of("it is back"));
    assertEquals(expected, understood.intent());
    assertEquals(number, understood.addressed().map(IncidentId::number).orElse(0L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status INC-3",
        "INC-3",
        "INC-3 status",
        "status #3",
        "commander @li INC-3",
        "severity 2 INC-3",
        "next 30m INC-3",
        "affects checkout inc-3",
        "timeline show INC-3",
        "timeline export INC-3",
        "postmortem #3",
        "postmortem publish #3",
        "postmortem INC-3 draft",
        "postmortem edit INC-3 summary x",
        "timeline INC-3 add x",
        "timeline add INC-3 x",
        "action done 2 INC-3",
        "ack INC-3"
      })
  void address_whereNoFreeTextFollows_mayStandLast(String text) {
    assertEquals(Optional.of(new IncidentId(3)), parsed(text).addressed());
  }

  @Test
  void incidentName_insideFreeText_staysText() {
    assertEquals(
        new Intent.Advance(IncidentStatus.RESOLVED, Optional.of("same cause as INC-3")),
        intentOf("resolve same cause as INC-3"));
    assertEquals(Optional.empty(), parsed("declare! INC-3 is back").addressed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"INC-0 status", "status INC-007", "INC-99999999999999999999 ack"})
  void address_thatIsNone_isRefused(String text) {
    assertEquals("bad_incident_id", refusalOf(text).reason());
  }

  @Test
  void address_forAVerbAboutNone_isRefused() {
    assertEquals("address_not_possible", refusalOf("INC-3 list").reason());
  }

  @ParameterizedTest
  @CsvSource({
    "sevrity 2, severity",
    "stauts, status",
    "resovle, resolve",
    "rolback, rollback",
    "raise, severity",
    "fix, mitigate",
    "create, declare",
    "helpme, help"
  })
  void unknownVerb_namesTheNearestAndAnExample(String text, String nearest) {
    var refusal = refusalOf(text);
    assertEquals("unknown_verb", refusal.reason());
    assertTrue(refusal.hint().startsWith("Did you mean " + nearest + ","), refusal.hint());
    assertTrue(refusal.hint().contains("/incident " + nearest), refusal.hint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"roll\u200Bback", "\u200Brollback", "rollback\uFEFF", "ro\u202Ellback"})
  void invisibleCharacterInVerb_isNeverRunButSuggested(String text) {
    var refusal = refusalOf(text);
    assertTrue(refusal.hint().startsWith("Did you mean rollback"), refusal.hint());
    assertTrue(refusal.sentence().contains("[U+"), refusal.sentence());
  }

  @ParameterizedTest
  @CsvSource({
    "severity sev0, sev1",
    "severity sev 99, sev4",
    "severity SEV-two, sev2",
    "severity 0, sev1",
    "severity critical, sev1",
    "severity, sev",
    "severity high load, sev2"
  })
  void unknownSeverity_listsAllAndTheNearest(String text, String nearest) {
    var refusal = refusalOf(text);
    assertEquals("unknown_severity", refusal.reason());
    assertTrue(refusal.sentence().contains("SEV1 (worst), SEV2, SEV3 and SEV4"));
    assertTrue(refusal.hint().contains("/incident severity " + nearest), refusal.hint());
  }

  @Test
  void severity_withReason_keepsTheReasonAsTyped() {
    assertEquals(
        new Intent.ChangeSeverity(Severity.SEV1, Optional.of("payment  down\n<!channel>")),
        intentOf("severity 1 payment  down\n<!channel>"));
  }

  @Test
  void people_areReadByPlatform() {
    PersonRef web = new PersonRef.Mention(new UserRef("web", "li"));
    PersonRef slack = new PersonRef.Mention(new UserRef("slack", "U1"));
    PersonRef teams = new PersonRef.Mention(new UserRef("teams", "29:1a:b"));
    assertEquals(new Intent.AssignRole(Role.COMMANDER, web), intentOf("commander @Li"));
    assertEquals(
        new Intent.AssignRole(Role.COMMANDER, new PersonRef.Named("Li")),
        parsed("commander @Li", "slack").intent());
    assertEquals(
        new Intent.Invite(List.of(web, slack, teams, new PersonRef.Email("a.b@example.com"))),
        intentOf("invite @li, <@slack:U1> <@teams:29:1a:b>,a.b@example.com".replace(",a", " a")));
    assertEquals(
        new Intent.AssignRole(Role.COMMUNICATIONS, new PersonRef.Me()), intentOf("role comms ME"));
    assertEquals(
        new Intent.AssignRole(Role.COMMANDER, new PersonRef.Named("Ada Lovelace")),
        intentOf("ic “Ada Lovelace”"));
    assertEquals(new Intent.ReleaseRole(Role.SCRIBE), intentOf("role scribe nobody"));
  }

  @ParameterizedTest
  @CsvSource({
    "commander, needs_person",
    "commander @here, unknown_person",
    "commander <!channel>, unknown_person",
    "commander <@U123>, unknown_person",
    "commander @li please, unknown_person",
    "invite, needs_person",
    "role lied me, unknown_role",
    "role comms, needs_person",
    "impact, needs_text",
    "title 💥, title_needs_letter_or_digit",
    "affects, needs_service",
    "next 30, bad_duration",
    "next, bad_duration",
    "next 8d, bad_duration",
    "timeline erase, unknown_part",
    "timeline export now, too_many_words",
    "postmortem erase, unknown_part",
    "postmortem publish now, too_many_words",
    "postmortem edit timeline it was me, unknown_section",
    "timeline add -10m, needs_text",
    "action done, unknown_action",
    "action done 0, unknown_action",
    "action @li, needs_text",
    "cancel, needs_reason",
    "close duplicate, needs_incident_id",
    "close duplicate of it, needs_incident_id",
    "close false_alrm, unknown_closing_reason",
    "runbook fix version, bad_parameter",
    "runbook fix a=1 a=2, bad_parameter",
    "rollback checkout to, needs_version",
    "rollback the checkout service, too_many_words",
    "list opne, unknown_list",
    "status publik, too_many_words",
    "join me please, too_many_words",
    "escalate level high, bad_level",
    "page, needs_person",
    "page @here, unknown_person",
    "help sevrity, unknown_verb"
  })
  void halfACommand_isRefusedWithAnExampleThatParses(String text, String reason) {
    var refusal = refusalOf(text);
    assertEquals(reason, refusal.reason());
    int example = refusal.hint().indexOf("/incident ");
    parsed(refusal.hint().substring(example));
  }

  @Test
  void durations_areRead() {
    assertEquals(new Intent.PromiseUpdate(Duration.ofMinutes(90)), intentOf("next 1h30m"));
    assertEquals(new Intent.PromiseUpdate(Duration.ofMinutes(30)), intentOf("next in 30 minutes"));
  }

  @Test
  void closing_isRead() {
    var duplicate = new Closing(Closing.Reason.DUPLICATE, Optional.of(new IncidentId(2)));
    assertEquals(new Intent.Close(duplicate, Optional.empty()), intentOf("close duplicate INC-2"));
    var understood = parsed("close INC-5 duplicate of #2");
    assertEquals(new Intent.Close(duplicate, Optional.empty()), understood.intent());
    assertEquals(Optional.of(new IncidentId(5)), understood.addressed());
    var falseAlarm = Closing.as(Closing.Reason.FALSE_ALARM);
    assertEquals(
        new Intent.Close(falseAlarm, Optional.of("only a test")),
        intentOf("close false alarm only a test"));
    assertEquals(
        new Intent.Close(Closing.as(Closing.Reason.COMPLETED), Optional.of("all good")),
        intentOf("close all good"));
    assertEquals(new Intent.Cancel("a test"), intentOf("cancel a test"));
  }

  @Test
  void runbooks_areRead() {
    assertEquals(
        new Intent.StartRunbook("Restart-db", Map.of("version", "4 710", "mode", "", "x", "a=b")),
        intentOf("runbook Restart-db version=“4 710” mode= x=a=b"));
    assertEquals(new Intent.ListRunbooks(), intentOf("runbook"));
    assertEquals(new Intent.RollBack(Optional.empty(), Optional.empty()), intentOf("rollback"));
    assertEquals(
        new Intent.RollBack(Optional.of("checkout"), Optional.of("v4.7")),
        intentOf("ROLLBACK checkout TO v4.7"));
    assertEquals(
        new Intent.RollBack(Optional.empty(), Optional.of("4710")), intentOf("rollback to 4710"));
  }

  @Test
  void escalation_namesItsTarget() {
    var someone = new EscalationTarget.Someone(new PersonRef.Mention(new UserRef("web", "sam")));
    assertEquals(
        new Intent.Escalate(new EscalationTarget.NextLevel(), Optional.empty(), ""),
        intentOf("escalate"));
    assertEquals(
        new Intent.Escalate(new EscalationTarget.Level(2), Optional.of("no answer"), "2 no answer"),
        intentOf("escalate 2 no answer"));
    assertEquals(
        new Intent.Escalate(someone, Optional.empty(), "to @sam"), intentOf("escalate to @sam"));
    assertEquals(
        new Intent.Escalate(
            new EscalationTarget.Perhaps("nobody"), Optional.of("answers"), "nobody answers"),
        intentOf("escalate nobody answers"));
  }

  @Test
  void page_namesSomebodyOrASchedule() {
    var someone = new EscalationTarget.Someone(new PersonRef.Mention(new UserRef("web", "sam")));
    assertEquals(new Outward.Page(someone, Optional.empty()), intentOf("page @sam"));
    assertEquals(
        new Outward.Page(new EscalationTarget.Perhaps("payments"), Optional.of("it is down INC-2")),
        intentOf("page payments it is down INC-2"));
    var written = new EscalationTarget.Someone(new PersonRef.Email("a@example.com"));
    assertEquals(
        new Outward.Page(written, Optional.of("come")), intentOf("page a@example.com come"));
    assertEquals(Optional.of(new IncidentId(3)), parsed("page INC-3 @sam").addressed());
  }

  @Test
  void postmortem_edit_takesAPartAndItsWordsAsTyped() {
    assertEquals(
        new PaperIntent.EditPostmortem(
            Optional.of(PostmortemPart.SUMMARY), Optional.of("It broke\nin INC-4")),
        intentOf("postmortem edit Summary It broke\nin INC-4"));
    assertEquals(
        new PaperIntent.EditPostmortem(Optional.of(PostmortemPart.HELPED), Optional.empty()),
        intentOf("pm edit helped"));
    assertEquals(
        new PaperIntent.EditPostmortem(Optional.empty(), Optional.empty()),
        intentOf("postmortem edit"));
    assertTrue(refusalOf("postmortem edit sumary x").text().contains("postmortem edit summary"));
  }

  @Test
  void help_onAVerb_isAskedInTwoWays() {
    assertEquals(new Intent.Help(Optional.of("severity")), intentOf("help sev"));
    assertEquals(new Intent.Help(Optional.of("severity")), intentOf("severity --help"));
  }

  @Test
  void acknowledging_neverFailsForExtraWords() {
    assertEquals(new Intent.Acknowledge(), intentOf("ack I am on it"));
  }

  @ParameterizedTest
  @CsvSource({
    "role, READS",
    "role comms me, CHANGES",
    "timeline, READS",
    "timeline add x, CHANGES",
    "timeline export, READS",
    "postmortem, READS",
    "postmortem edit, CHANGES",
    "postmortem draft, CHANGES",
    "postmortem publish, CHANGES",
    "runbook, READS",
    "runbook x, CHANGES",
    "status, READS",
    "list, NONE"
  })
  void formThatOnlyShows_readsAnIncident(String text, Scope scope) {
    assertEquals(scope, parsed(text).scope());
  }

  @Test
  void status_withTheNameOfAStatus_namesTheVerbThatSetsItAndOffersIt() {
    CommandParser parser = new CommandParser();
    for (String[] each :
        new String[][] {
          {"status identified", "identify"},
          {"status INC-3 Mitigated", "mitigate"},
          {"status resolved the deploy was rolled back", "resolve"},
          {"status closed", "close"}
        }) {
      String refused =
          parser.parse("slack", each[0]).match(fine -> "", unclear -> unclear.rejection().text());
      assertTrue(refused.contains("shows where the incident is and changes nothing."), refused);
      assertTrue(refused.endsWith("To change it: /incident " + each[1]), refused);
    }
    assertEquals("identify", parser.corrected("slack", "status identified").orElseThrow());
    assertEquals(
        "INC-3 resolve rolled back",
        parser.corrected("slack", "INC-3 status resolved rolled back").orElseThrow());
  }
}
