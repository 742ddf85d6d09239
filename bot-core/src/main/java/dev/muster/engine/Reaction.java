// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.incident.Role;
import java.util.List;

/** Something the bot does by itself because of a fact. */
sealed interface Reaction {

  /** Open a channel on each platform the incident lives on. */
  record OpenChannels() implements Reaction {}

  /** Bring the headline, the announcement and the topic up to date. */
  record RefreshCards() implements Reaction {}

  /** Pin the headline of the channel that was just opened, and invite whoever belongs in. */
  record FurnishChannel(String platform) implements Reaction {}

  /** Tell the incident's channel what changed, in one line. */
  record SayChange(Change change) implements Reaction {}

  /** Bring these people into the channel. */
  record Invite(List<Person> people) implements Reaction {}

  /**
   * Tell whoever took a role privately what to do now.
   *
   * @param role which
   * @param person who
   */
  record Brief(Role role, Person person) implements Reaction {}

  /** Ask people to take the incident on, as the policy of its severity says. */
  record StartEscalation() implements Reaction {}

  /** Somebody has it: ask nobody else. */
  record AcknowledgeEscalation(String why) implements Reaction {}

  /** There is nothing left to take on: ask nobody else. */
  record StopEscalation() implements Reaction {}

  /** Post a summary now and plan the next one. */
  record PostSummary(String trigger) implements Reaction {}

  /** Plan the summaries anew, as the severity says. */
  record PlanSummaries() implements Reaction {}

  /** Notice from now on when whoever commands falls silent. */
  record WatchCommand() implements Reaction {}

  /** Stop everything that would happen by itself later. */
  record StopTimers() implements Reaction {}

  /** Write the postmortem draft and post it. */
  record DraftPostmortem() implements Reaction {}

  /** Archive the channels later. */
  record PlanArchive() implements Reaction {}

  /** Bring the channels back. */
  record Unarchive() implements Reaction {}
}
