// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.spi.ChatPlatform;
import dev.muster.incident.Incident;
import java.time.Duration;
import java.util.Optional;

/** A second chat beside the stage. What is shown there is not kept. */
final class Elsewhere {

  static final String NAME = "elsewhere";

  private final Stage stage;
  private final InMemoryChatWorld world;

  Elsewhere(Stage stage) {
    this.stage = stage;
    world = new InMemoryChatWorld(NAME, d -> stage.engine.inboxOf(NAME).accept(d), stage.clock);
  }

  ChatPlatform platform() {
    return world.platform();
  }

  /** Says something in the incident's channel there. */
  void says(String incident, String name, String text) {
    Incident about = stage.engine.incident(incident);
    world.types(
        world.person(name), about.spaceOn(NAME).orElseThrow().channel(), Optional.empty(), text);
    stage.settle();
    stage.pass(Duration.ofSeconds(1));
  }
}
