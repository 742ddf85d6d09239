// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaitingJobsTest {

  private final WaitingJobs waiting = new WaitingJobs(8);

  private static Job<Boolean> job(boolean patient) {
    return new Job<>(tx -> true, true, patient);
  }

  @Test
  void take_machinesCameFirst_isWhatPeopleWaitFor() throws InterruptedException {
    List<Job<Boolean>> jobs = Stream.of(true, true, false, false).map(p -> job(p)).toList();
    jobs.forEach(waiting::offer);

    assertSame(jobs.get(2), waiting.take(1).orElseThrow());
    assertSame(jobs.get(3), waiting.nextPrompt().orElseThrow());
    assertEquals(Optional.empty(), waiting.nextPrompt());
    assertSame(jobs.get(0), waiting.next().orElseThrow());
    assertSame(jobs.get(1), waiting.take(1).orElseThrow());
    assertEquals(0, waiting.size());
  }

  @Test
  void offer_fullOfMachines_hasRoomForPeople() {
    for (int i = 0; i < 6; i++) {
      assertTrue(waiting.offer(job(true)));
    }

    assertFalse(waiting.offer(job(true)));
    assertTrue(waiting.offer(job(false)));
    assertTrue(waiting.offer(job(false)));
    assertFalse(waiting.offer(job(false)));
  }

  @Test
  void overdue_waitsForLong_hasItsTurnWhateverPeopleDo() {
    Job<Boolean> machine = job(true);
    waiting.offer(machine);
    waiting.offer(job(false));

    assertEquals(Optional.empty(), waiting.overdue(machine.queuedAt() + 1_000_000));
    assertSame(machine, waiting.overdue(machine.queuedAt() + 1_000_000_000).orElseThrow());
  }
}
