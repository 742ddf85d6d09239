// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.BotConfig;
import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceholdersTest {

  private static final String SOURCE =
      "alerts: { sources: [ { name: a, kind: generic, token: \"%s\" } ] }";

  @TempDir Path folder;

  private String token(Map<String, String> env, String text) {
    BotConfig config = new Configs(folder, env).config(SOURCE.formatted(text));
    return config.alerts().source("a").orElseThrow().token().reveal();
  }

  @Test
  void placeholder_set_isReplacedWhereverItStands() {
    assertEquals("x-1-y-1", token(Map.of("A", "1"), "x-${A}-y-${A}"));
  }

  @Test
  void placeholder_withDefault_isUsedWhenUnsetOrEmpty() {
    assertEquals("d", token(Map.of(), "${A:-d}"));
    assertEquals("d", token(Map.of("A", ""), "${A:-d}"));
    assertEquals("a", token(Map.of("A", "a"), "${A:-d}"));
    assertEquals("", token(Map.of(), "${A:-}"));
    assertEquals("b:-c", token(Map.of(), "${A:-b:-c}"));
  }

  @Test
  void placeholder_valueWithPlaceholder_isNotReadAgain() {
    assertEquals("${B}$1", token(Map.of("A", "${B}$1", "B", "no"), "${A}"));
  }

  @Test
  void placeholder_doubledDollar_isPlainText() {
    assertEquals("${A}", token(Map.of("A", "1"), "$${A}"));
    assertEquals("$A {A} $", token(Map.of("A", "1"), "$A {A} $"));
  }

  @Test
  void placeholder_file_isReadWithoutItsLastLineEnd() throws Exception {
    Path secret = new Configs(folder).write("secrets/token", "s3cret \n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

    ConfigResult.Loaded loaded =
        new Configs(folder).loaded(SOURCE.formatted("${file:secrets/token}"));

    assertEquals("s3cret ", loaded.config().alerts().source("a").orElseThrow().token().reveal());
    assertEquals(List.of(), loaded.warnings());
  }

  @Test
  void placeholder_fileReadableByAll_warns() throws Exception {
    Path secret = new Configs(folder).write("secrets/token", "s3cret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));

    List<ConfigProblem> warnings =
        new Configs(folder).loaded(SOURCE.formatted("${file:secrets/token}")).warnings();

    assertEquals(
        List.of("Everybody on this machine can read the file secrets/token"),
        warnings.stream().map(ConfigProblem::what).toList());
  }

  @Test
  void secret_anywhereInTheConfiguration_isNeverPrinted() {
    Map<String, String> env = Map.of("A", "hunter2-secret");

    String printed = new Configs(folder, env).loaded(SOURCE.formatted("${A}")).toString();

    assertFalse(printed.contains("hunter2"), printed);
  }

  @Test
  void secret_ofWrongType_isNotInTheMessage() {
    Map<String, String> env = Map.of("A", "hunter2-secret");
    Configs configs = new Configs(folder, env);

    String lines =
        String.join(
            "\n",
            configs.lines(
                """
                server: { port: "${A}" }
                severities: { SEV1: { update-every: "${A}" } }
                access: { default: "${A}" }
                outbound: { allow: ["${A} x"] }
                """));

    assertEquals(4, lines.lines().count(), lines);
    assertFalse(lines.contains("hunter2"), lines);
    assertTrue(lines.contains("${A}"), lines);
  }

  @Test
  void secretOfARunbook_staysAsWrittenUntilItIsSent() {
    Configs configs = new Configs(folder, Map.of("TOKEN", "hunter2"));
    configs.write(
        "runbooks/fix.yaml",
        """
        name: fix
        steps:
          - id: call
            kind: webhook
            url: http://127.0.0.1:9099/x
            headers: { Authorization: "Bearer ${TOKEN}" }
        """);

    BotConfig config = configs.config("outbound: { allow: [\"http://127.0.0.1:9099\"] }");

    Map<String, String> headers = config.runbook("fix").orElseThrow().steps().get(0).headers();
    assertEquals(
        "Authorization=Bearer ${TOKEN}",
        headers.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining()));
  }
}
