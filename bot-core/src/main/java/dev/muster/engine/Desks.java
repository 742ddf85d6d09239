// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

/**
 * The desks that serve people.
 *
 * @param gate who may do what
 * @param lifecycle declares and changes
 * @param declare declaring
 * @param change changing
 * @param merge merging duplicates
 * @param query answering
 * @param notes notes and follow-ups
 * @param tasks what is to be done meanwhile
 * @param links links of an incident and its call
 * @param updates status updates
 * @param escalations asking for help
 * @param runbooks running runbooks
 * @param homes people's own screens
 * @param conversations what is said and marked in channels
 * @param quarters where incidents live
 * @param privacy who sees an incident
 * @param spaces on which platforms an incident lives
 * @param identities who is the same person on several platforms
 * @param postmortems postmortems
 * @param watch noticing that nobody exercises command
 * @param reading reading once more what is said
 * @param lateness how late something is handled
 */
record Desks(
    Gate gate,
    IncidentLifecycle lifecycle,
    DeclareDesk declare,
    ChangeDesk change,
    MergeDesk merge,
    QueryDesk query,
    NotesDesk notes,
    TaskDesk tasks,
    LinksDesk links,
    StatusUpdates updates,
    Escalations escalations,
    RunbookRunner runbooks,
    HomeDesk homes,
    Conversations conversations,
    Quarters quarters,
    PrivacyDesk privacy,
    SpaceDesk spaces,
    IdentityDesk identities,
    PostmortemDesk postmortems,
    CommandWatch watch,
    RoomReading reading,
    Lateness lateness) {}
