// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Optional;

/** A wish about what is to be done while the incident lasts. */
public sealed interface TaskIntent extends Intent {

  /**
   * Note a task.
   *
   * @param text what is to be done
   * @param owner who does it, if said
   */
  record AddTask(String text, Optional<PersonRef> owner) implements TaskIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.addTask(this);
    }
  }

  /** List the tasks. */
  record ListTasks() implements TaskIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.listTasks(this);
    }
  }

  /**
   * Take a task that nobody has.
   *
   * @param number its number in the list, from 1
   */
  record TakeTask(int number) implements TaskIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.takeTask(this);
    }
  }

  /**
   * Give a task to somebody, whoever has it.
   *
   * @param number its number in the list, from 1
   * @param owner who does it; empty when nobody has it from now on
   */
  record GiveTask(int number, Optional<PersonRef> owner) implements TaskIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.giveTask(this);
    }
  }

  /**
   * Mark a task as done.
   *
   * @param number its number in the list, from 1
   */
  record FinishTask(int number) implements TaskIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.finishTask(this);
    }
  }
}
