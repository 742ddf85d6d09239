// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.UserRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Incidents as they are now; within one transaction. */
public interface IncidentIndex {

  /** Returns the number the next incident gets. */
  IncidentId nextId();

  /** Stores an incident as it is now. */
  void save(Incident incident);

  /** Returns an incident. */
  Optional<Incident> find(IncidentId id);

  /**
   * Returns an incident unless it is hidden from somebody; then no more of it is read than of one
   * that does not exist.
   *
   * @param viewer who looks; private incidents are seen by their members alone
   */
  Optional<Incident> find(IncidentId id, Optional<UserRef> viewer);

  /** Returns the incident whose place this is, see {@link Space#place()}. */
  Optional<Incident> livingIn(ChannelRef channel);

  /** Returns the incident that lives in this channel or, before it, in this thread of it. */
  default Optional<Incident> livingAt(ChannelRef channel, Optional<String> thread) {
    Optional<Incident> inThread = thread.flatMap(root -> livingIn(Space.placeOf(channel, root)));
    return inThread.isPresent() ? inThread : livingIn(channel);
  }

  /** Returns incidents that are not closed, newest first, at most 500. */
  List<Incident> unclosed();

  /**
   * Returns where incidents that are not closed live on a platform, without reading them; any
   * order.
   */
  List<Dwelling> unclosedOn(String platform);

  /** Returns the incidents that live in threads of a channel and are not closed, newest first. */
  List<Incident> unclosedInThreadsOf(ChannelRef channel);

  /**
   * Returns incidents that are not closed, newest first: every one in which a person has a role,
   * and perhaps some that name the person otherwise.
   */
  List<Incident> unclosedNaming(UserRef person);

  /**
   * Where an incident lives, and what it takes to say whether others matter more.
   *
   * @param place see {@link Space#place()}
   */
  record Dwelling(IncidentId incident, IncidentStatus status, Severity severity, ChannelRef place) {

    /** Returns whether this is a channel, and no thread of one. */
    public boolean isChannel() {
      return !Space.mayBeThread(place);
    }
  }

  /**
   * Returns a page of incidents, newest first, for the bot itself: private ones as well.
   *
   * @param statuses which; at least one
   * @param before only numbers below this one; 0 for all
   * @param limit 1 to 500
   */
  List<Incident> page(Set<IncidentStatus> statuses, long before, int limit);

  /** Returns a page of incidents, newest first. */
  List<Incident> list(Query query);

  /** Returns how many incidents a query finds on all its pages together; reads none of them. */
  long count(Query query);

  /**
   * Returns incidents that are worked on, neither resolved nor closed: the worst first, among
   * equals the newest. Private ones are left out unless the viewer is a member.
   *
   * @param limit at least 1
   */
  List<Incident> worst(Optional<UserRef> viewer, int limit);

  /** Returns the numbers of private incidents this viewer may not know of. */
  Set<Long> hiddenFrom(Optional<UserRef> viewer);

  /**
   * Which incidents are wanted.
   *
   * @param statuses which; empty for all
   * @param severities which; empty for all
   * @param words part of the title, in any case; empty for all
   * @param viewer who looks; private incidents are left out unless this person is a member
   * @param before only numbers below this one; 0 for all
   * @param limit 1 to 500
   */
  record Query(
      Set<IncidentStatus> statuses,
      Set<Severity> severities,
      String words,
      Optional<UserRef> viewer,
      long before,
      int limit) {}
}
