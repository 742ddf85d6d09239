// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.Secret;
import dev.muster.teams.client.HostGuard;
import dev.muster.teams.client.Json;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.Places;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Payloads;
import dev.muster.teams.fake.SlowWire;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The adapter over a fake of Microsoft's side, and how activities reach it. */
final class TeamsGround implements AutoCloseable {

  private final List<String> homes;
  private final FakeTeams teams;
  private final Payloads pushes;
  private final TestRuntime runtime;
  private final ChatPlatform platform;
  private FakeConversation place;

  TeamsGround(KeyedMemory memory, RecordingInbox inbox, ManualClock clock, Path files) {
    this(memory, inbox, clock, files, List.of(FakeTenant.GROUP));
  }

  /** Makes one whose home teams are those groups. */
  TeamsGround(
      KeyedMemory memory, RecordingInbox inbox, ManualClock clock, Path files, List<String> homes) {
    this.homes = homes;
    this.teams = new FakeTeams(clock);
    this.pushes = new Payloads(teams);
    this.runtime = new TestRuntime(clock, memory, files, new SlowWire(clock));
    Places earlier = new Places(memory, new HostGuard(List.of("127.0.0.1")));
    earlier.keep(earlier.rememberAddress(FakeTenant.TEAM, teams.serviceUrl()));
    this.platform = new TeamsPlatformFactory().create(config(), inbox, runtime);
  }

  /** Returns a configuration that points at the fake. */
  TeamsSettings config() {
    return config(FakeTeams.PASSWORD, "");
  }

  /** Returns a configuration whose app proves itself so. */
  TeamsSettings config(String password, String certificate) {
    return config(teams, password, certificate, homes, List.of());
  }

  static TeamsSettings config(FakeTeams teams, String password, String certificate) {
    return config(teams, password, certificate, List.of());
  }

  /** Returns a configuration that reads channels as alerts. */
  static TeamsSettings config(
      FakeTeams teams, String password, String certificate, List<String> alertChannels) {
    return config(teams, password, certificate, List.of(FakeTenant.GROUP), alertChannels);
  }

  private static TeamsSettings config(
      FakeTeams teams,
      String password,
      String certificate,
      List<String> homes,
      List<String> alertChannels) {
    return new TeamsSettings(
        FakeTenant.APP,
        Secret.of(password),
        Secret.of(certificate),
        FakeTenant.TENANT,
        homes,
        teams.loginUrl(),
        teams.metadataUrl(),
        teams.graphUrl(),
        List.of("127.0.0.1"),
        false,
        teams.tenant().person("owner").aad(),
        FakeTenant.CATALOG_APP,
        alertChannels);
  }

  FakeTeams teams() {
    return teams;
  }

  Payloads pushes() {
    return pushes;
  }

  TestRuntime runtime() {
    return runtime;
  }

  ChatPlatform platform() {
    return platform;
  }

  /** Pushes with a genuine token. */
  RouteAnswer push(ObjectNode activity) {
    return push(activity, pushes.authorization());
  }

  RouteAnswer push(ObjectNode activity, String authorization) {
    return raw(Json.bytes(activity), Map.of("Authorization", authorization));
  }

  RouteAnswer raw(byte[] body, Map<String, String> headers) {
    return runtime.call(TestRequest.of("POST", "/api/messages", headers, body));
  }

  static JsonNode body(RouteAnswer answer) {
    byte[] bytes = ((RouteAnswer.Bytes) answer).body();
    try {
      return bytes.length == 0 ? Json.object() : Json.read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a channel that the bot did not open; the app was added to its team. */
  FakeConversation place() {
    if (place == null) {
      place = teams.tenant().channel("meeting-place", "");
      push(pushes.installed());
    }
    return place;
  }

  ChannelRef placeRef() {
    return ref(place());
  }

  static ChannelRef ref(FakeConversation conversation) {
    return new ChannelRef(MessageIds.PLATFORM, conversation.id());
  }

  /** Lets a person write; returns the push that is not yet pushed. */
  ObjectNode writes(String name, String text) {
    FakeConversation where = place();
    return pushes.message(said(where, teams.tenant().person(name), text), where);
  }

  FakeMessage said(FakeConversation where, FakePerson who, String text) {
    return teams
        .tenant()
        .say(
            where,
            Optional.empty(),
            Optional.of(who),
            Optional.empty(),
            Json.object().put("text", text));
  }

  @Override
  public void close() {
    platform.close();
    runtime.close();
    teams.close();
  }
}
