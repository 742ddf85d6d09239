// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the adapters of Slack and Teams together: what does the same thing has the same package and
 * the same name on both, but for the platform's own word in it, so that whoever knows one tree
 * finds the way in the other.
 */
class TwinTreesTest {

  /** What each adapter is made of, by its place below the adapter's package. */
  private static final Set<String> ROLES =
      Set.of(
          "Platform",
          "PlatformFactory",
          "Settings",
          "Check",
          "Footing",
          "Hearing",
          "client.ChannelName",
          "client.ChannelVerbs",
          "client.ErrorClass",
          "client.Failure",
          "client.FileVerbs",
          "client.FormVerbs",
          "client.Grants",
          "client.Identity",
          "client.MessageVerbs",
          "client.OpeningVerbs",
          "client.People",
          "client.PostedBefore",
          "client.PrivateVerbs",
          "client.Scope",
          "client.SdkClients",
          "inbound.AlertRooms",
          "inbound.CardParts",
          "inbound.ChosenMessage",
          "inbound.EventDecoder",
          "inbound.HistoryReader",
          "inbound.HistoryWalk",
          "inbound.MessageDecoder",
          "inbound.RequestVerifier",
          "inbound.Route",
          "inbound.SdkBridge",
          "inbound.Shortcut",
          "inbound.Surroundings",
          "inbound.Text",
          "pace.Ask",
          "pace.Budget",
          "pace.Tier",
          "render.FormRenderer",
          "render.Markup",
          "render.MessageRenderer");

  /** Packages that both have; each sees those before it and none behind it. */
  private static final List<String> LAYERS = List.of("pace", "render", "client", "inbound");

  /** What holds each adapter to its work, likewise. */
  private static final Set<String> PROOFS =
      Set.of(
          "ChatPlatformContractTest",
          "ChatWorld",
          "CheckTest",
          "CommandsTest",
          "FaultMatrixTest",
          "FaultRow",
          "FormsTest",
          "HistoryTest",
          "MissingScopesTest",
          "OddPayloadsTest",
          "OutageTest",
          "PlatformFactoryTest",
          "RepeatsTest",
          "RevokedCredentialsTest",
          "ShortcutsTest",
          "ThinCutJourneyTest",
          "Whole",
          "fake.Answering",
          "fake.Fake",
          "fake.FakeConversation",
          "fake.FakeFault",
          "fake.Faults",
          "fake.HttpLine",
          "fake.Payloads",
          "fake.People",
          "fake.Posted",
          "fake.Reading",
          "fake.Scopes",
          "fake.Sight",
          "pace.BudgetTest",
          "render.Gallery",
          "render.GalleryTest",
          "render.MessageRendererTest",
          "setup.ManifestUseTest");

  /** The class files of one adapter: name without the platform's word, to the packages it is in. */
  private record Tree(Map<String, Set<String>> packages) {

    static Tree of(String platform, List<String> files) {
      String word = platform.substring(0, 1).toUpperCase() + platform.substring(1);
      Map<String, Set<String>> packages = new TreeMap<>();
      for (String file : files) {
        int slash = file.lastIndexOf('/');
        String name = file.substring(slash + 1).replace(".java", "").replace(word, "");
        String pack = slash < 0 ? "" : file.substring(0, slash).replace('/', '.') + ".";
        packages.computeIfAbsent(name, n -> new TreeSet<>()).add(pack);
      }
      return new Tree(packages);
    }

    static Path root(String platform, String sources) {
      return Path.of("..", platform + "-adapter", "src", sources, "java/dev/muster", platform);
    }

    static Tree read(String platform, String sources) {
      Path root = root(platform, sources);
      try (Stream<Path> all = Files.walk(root)) {
        List<String> files =
            all.filter(file -> file.toString().endsWith(".java"))
                .map(file -> root.relativize(file).toString())
                .toList();
        return of(platform, files);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Returns what stands in another package here than there. */
    List<String> strayedFrom(Tree other) {
      List<String> strayed = new ArrayList<>();
      packages.forEach(
          (name, here) -> {
            Set<String> there = other.packages.getOrDefault(name, here);
            if (!here.equals(there)) {
              strayed.add(name + " in " + here + " and " + there);
            }
          });
      return strayed;
    }

    /** Returns the roles that nothing here fills. */
    List<String> without(Set<String> roles) {
      return roles.stream()
          .sorted()
          .filter(
              role -> {
                int dot = role.lastIndexOf('.') + 1;
                Set<String> there = packages.getOrDefault(role.substring(dot), Set.of());
                return !there.contains(role.substring(0, dot));
              })
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "test"})
  void name_inBothAdapters_isInTheSamePackage(String sources) {
    Tree slack = Tree.read("slack", sources);
    Tree teams = Tree.read("teams", sources);

    assertEquals(List.of(), slack.strayedFrom(teams));
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack", "teams"})
  void role_ofAnAdapter_isFilledUnderItsName(String platform) {
    assertEquals(List.of(), Tree.read(platform, "main").without(ROLES));
    assertEquals(List.of(), Tree.read(platform, "test").without(PROOFS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack", "teams"})
  void package_ofAnAdapter_seesTheLayersBelowIt(String platform) throws IOException {
    Path root = Tree.root(platform, "main");
    Pattern imported =
        Pattern.compile("import (?:static )?dev\\.muster\\." + platform + "\\.(\\w+)\\.");
    List<String> upwards = new ArrayList<>();
    for (String layer : LAYERS) {
      try (Stream<Path> files = Files.list(root.resolve(layer))) {
        for (Path file : files.toList()) {
          imported
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1))
              .filter(LAYERS::contains)
              .filter(seen -> LAYERS.indexOf(seen) > LAYERS.indexOf(layer))
              .forEach(seen -> upwards.add(root.relativize(file) + " sees " + seen));
        }
      }
    }

    assertEquals(List.of(), upwards);
  }

  @Test
  void trees_grownApart_areTold() {
    Tree slack = Tree.of("slack", List.of("SlackSettings.java", "client/People.java"));
    Tree teams = Tree.of("teams", List.of("TeamsSettings.java", "inbound/People.java"));

    assertEquals(List.of("People in [client.] and [inbound.]"), slack.strayedFrom(teams));
    assertEquals(List.of("client.People"), teams.without(Set.of("Settings", "client.People")));
  }
}
