// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Muster;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.HttpLine;
import dev.muster.teams.fake.TeamsPeople;
import java.time.InstantSource;
import java.util.List;

/** The packaged program at work in a stand-in's tenant, with the channel {@code incidents}. */
final class TeamsOffice implements AutoCloseable {

  private static final String COMMANDER = "ada";

  private final String name;
  private final FakeTeams teams = new FakeTeams(InstantSource.system());
  private final TeamsPeople people;
  private final Muster muster;

  TeamsOffice(Plan plan, String name) {
    this.name = name;
    people = new TeamsPeople(teams, new HttpLine(() -> this.muster().address()));
    people.channel("incidents");
    people.admits(COMMANDER);
    muster = new Muster(plan.jar(), plan.work().resolve(name), teams);
    people.installsTheBot();
  }

  private Muster muster() {
    return muster;
  }

  /** Returns the name of its folder. */
  String name() {
    return name;
  }

  FakeTeams teams() {
    return teams;
  }

  /** Declares an incident and waits until its channel says who commands it. */
  void declare(String title) {
    int before = channels().size();
    people.asks(COMMANDER, "incidents", "declare! " + title + " sev3");
    Office.await("the channel of " + title, () -> channels().size() > before);
    String channel = channels().get(before).id();
    Office.await(
        "the headline of " + title,
        () ->
            people.sight().messages(channel).stream()
                .anyMatch(m -> m.isFromBot() && m.words().contains(COMMANDER)));
  }

  private List<FakeConversation> channels() {
    return people.sight().channels();
  }

  /** Returns a valid token that the bot was given, for calls made by hand. */
  String authorization(String audience) {
    return teams.login().issued().stream()
        .filter(token -> token.endsWith("-" + audience))
        .reduce((earlier, later) -> later)
        .map(token -> "Bearer " + token)
        .orElseThrow();
  }

  /** Returns what the stand-in was asked, and when. */
  List<Trace.Call> calls() {
    return teams.ledger().stream()
        .map(
            call ->
                new Trace.Call(
                    call.at(),
                    call.kind().map(FakeCall::name).orElse(call.method()) + " " + call.path()))
        .toList();
  }

  @Override
  public void close() {
    muster.close();
    teams.close();
  }
}
