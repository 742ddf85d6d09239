// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

/**
 * Who sees to what happens around the conversations: to channels, to people, to the platform
 * itself.
 *
 * @param rooms people who come and go
 * @param changes what becomes of channels
 * @param absences what becomes of people
 * @param notices what operators must mend
 */
record Surroundings(Rooms rooms, RoomChanges changes, Absences absences, Notices notices) {}
