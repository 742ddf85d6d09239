// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the house together: who may import whom, and who may do what.
 *
 * <p>A rule about a package that does not exist holds for ever, so the packages and classes that
 * the rules name must exist, and deliberate offenders below {@code dev.muster.app.offenders} prove
 * that each rule bites.
 */
class ArchitectureTest {
  private static final String BASE = "dev.muster";
  private static final String OFFENDERS = "dev.muster.app.offenders";

  private static final ArchitectureRules RULES = new ArchitectureRules(BASE);
  static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/testkit/"))
          .withImportOption(location -> !location.contains("/slack/fake/"))
          .withImportOption(location -> !location.contains("/teams/fake/"))
          .importPackages(BASE);
  private static final JavaClasses TRESPASSERS = new ClassFileImporter().importPackages(OFFENDERS);

  static Stream<String> rules() {
    return rulesFor(RULES).keySet().stream();
  }

  static Stream<String> rulesButImports() {
    return rules().filter(rule -> !rule.equals("imports"));
  }

  static Stream<String> rows() {
    return RULES.imports().keySet().stream();
  }

  private static Map<String, ArchRule> rulesFor(ArchitectureRules rules) {
    Map<String, ArchRule> all = new LinkedHashMap<>();
    all.put("imports", CompositeArchRule.of(List.copyOf(rules.imports().values())));
    all.put("purity", rules.purity());
    all.put("libraries", rules.libraries());
    all.put("adapters show their factory", rules.onlyFactoryIsPublic());
    all.put("application names no adapter", rules.applicationNamesNoAdapter());
    ForbiddenAct.all().forEach(act -> all.put(act.what(), rules.onlyWhereAllowed(act)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void imports_program_staysInItsRow(String row) {
    RULES.imports().get(row).check(PROGRAM);
  }

  @ParameterizedTest
  @MethodSource("rulesButImports")
  void rule_program_holds(String name) {
    rulesFor(RULES).get(name).check(PROGRAM);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_offender_bites(String name) {
    ArchRule rule = rulesFor(new ArchitectureRules(OFFENDERS)).get(name);

    assertTrue(rule.evaluate(TRESPASSERS).hasViolation(), name);
  }

  @Test
  void imports_eachOffender_isNamed() {
    List<String> details =
        rulesFor(new ArchitectureRules(OFFENDERS))
            .get("imports")
            .evaluate(TRESPASSERS)
            .getFailureReport()
            .getDetails();

    for (String offender :
        List.of("AsksTheEngine", "KnowsAnotherAdapter", "ReadsTheStore", "SkipsThePort")) {
      assertTrue(details.stream().anyMatch(line -> line.contains(offender)), offender);
    }
  }

  @Test
  void packages_ofTheProgram_areThoseOfTheRules() {
    Set<String> named = new TreeSet<>(RULES.mayImport().keySet());
    named.add("app..");

    Set<String> found =
        PROGRAM.stream()
            .map(type -> type.getPackageName().substring(BASE.length() + 1))
            .map(pack -> rowOf(pack, named))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(named, found);
  }

  private static String rowOf(String pack, Set<String> named) {
    return named.stream()
        .filter(row -> row.endsWith("..") && (pack + ".").startsWith(row.replace("..", ".")))
        .findFirst()
        .orElse(pack);
  }

  @Test
  void purePackages_namedByTheRule_exist() {
    for (String pure : ArchitectureRules.PURE) {
      assertTrue(
          PROGRAM.stream().anyMatch(type -> type.getPackageName().equals(BASE + "." + pure)), pure);
    }
  }

  @ParameterizedTest
  @MethodSource("acts")
  void allowance_eachNamedClass_isNeeded(ForbiddenAct act) {
    Set<String> doers =
        PROGRAM.stream()
            .filter(
                type ->
                    type.getAccessesFromSelf().stream().anyMatch(access -> act.isDoneBy(access)))
            .map(ArchitectureTest::nameBelowBase)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(act.allowed()), doers, act.what());
  }

  static Stream<ForbiddenAct> acts() {
    return ForbiddenAct.all().stream();
  }

  private static String nameBelowBase(JavaClass type) {
    return ArchitectureRules.outermost(type).substring(BASE.length() + 1);
  }
}
