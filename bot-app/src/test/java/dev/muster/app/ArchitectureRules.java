// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may import whom, and who may do what. The rules are made for a base package, so that the same
 * rules judge the program and the deliberate offenders below another base.
 */
final class ArchitectureRules {

  /** Pure words and decisions about incidents; every ring above may see them. */
  private static final List<String> HEART =
      List.of("chat", "incident", "alert", "runbook", "oncall", "timeline");

  /** Packages that never touch files, sockets, databases, logs or threads. */
  static final List<String> PURE =
      List.of(
          "chat",
          "incident",
          "alert",
          "alert.sender",
          "runbook",
          "oncall",
          "timeline",
          "summary",
          "postmortem",
          "command",
          "access");

  private final String base;
  private final Map<String, Set<String>> mayImport = new LinkedHashMap<>();

  ArchitectureRules(String base) {
    this.base = base;
    pureRing();
    engineRing();
    outerRing();
    adapters();
  }

  /** Package to the packages of Muster it may see, itself not counted. Nothing else exists. */
  Map<String, Set<String>> mayImport() {
    return Map.copyOf(mayImport);
  }

  private void pureRing() {
    row("chat");
    row("telemetry");
    row("incident", "chat");
    row("alert", "chat", "incident");
    row("alert.sender", "alert", "chat");
    row("runbook", "chat", "incident");
    row("oncall", "chat", "incident");
    row("timeline", "chat", "incident", "alert", "runbook", "oncall");
    row("command", HEART);
    row("access", HEART, "command");
    row("summary", HEART);
    row("postmortem", HEART);
  }

  private void engineRing() {
    row("chat.spi", "chat", "telemetry");
    row("chat.spi.pace", "chat.spi");
    row("webhook");
    row("effect", HEART, "chat.spi", "webhook", "telemetry");
    row("store", HEART, "effect", "chat.spi");
    row("store.spool");
    row(
        "engine",
        HEART,
        "store",
        "effect",
        "webhook",
        "chat.spi",
        "telemetry",
        "command",
        "access",
        "summary",
        "postmortem");
  }

  private void outerRing() {
    row("readmodel", HEART, "summary", "postmortem", "access", "store");
    row("http.spi", "readmodel", "chat.spi", "chat");
    row("http.alert", HEART, "alert.sender", "config");
    row(
        "http",
        HEART,
        "engine",
        "effect",
        "store",
        "store.spool",
        "readmodel",
        "http.spi",
        "http.alert",
        "config",
        "telemetry",
        "chat.spi",
        "command",
        "access",
        "signin",
        "signin.oidc",
        "summary",
        "postmortem");
    row("config", HEART, "access", "chat.spi");
    row("config.load", HEART, "config", "access", "command", "chat.spi");
    row("store.sql", HEART, "store", "effect", "chat.spi", "readmodel", "telemetry");
    row("webhook.http", "webhook", "telemetry");
    row("signin", "chat", "incident", "timeline", "access", "store");
    row("signin.oidc", "access", "chat.spi", "config", "signin");
  }

  private void adapters() {
    for (String adapter : List.of("slack..", "teams..", "web.chat..")) {
      row(adapter, "chat", "chat.spi", "chat.spi.pace", "telemetry");
    }
    row("web.dashboard..", HEART, "postmortem", "readmodel", "http.spi", "chat.spi");
  }

  private void row(String name, String... allowed) {
    mayImport.put(name, Set.of(allowed));
  }

  private void row(String name, List<String> ring, String... more) {
    Set<String> allowed = new HashSet<>(ring);
    allowed.addAll(List.of(more));
    mayImport.put(name, Set.copyOf(allowed));
  }

  /** For each row the rule that its package sees only what the row says. */
  Map<String, ArchRule> imports() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    mayImport.forEach((name, allowed) -> rules.put("imports of " + name, row(name, allowed)));
    return rules;
  }

  private ArchRule row(String name, Set<String> allowed) {
    String own = base + "." + name;
    DescribedPredicate<JavaClass> outside =
        describe(
            "outside " + allowed,
            type ->
                isOurs(type) && !in(type, own) && allowed.stream().noneMatch(p -> in(type, p(p))));
    return noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(outside)
        .allowEmptyShould(true)
        .as(name + " sees only " + new TreeSet<>(allowed));
  }

  /** Pure packages see Java's language, time, text, collections and mathematics, and each other. */
  ArchRule purity() {
    DescribedPredicate<JavaClass> impure =
        describe("impure", type -> !isOurs(type) && !isPrimitiveOrPure(type));
    return noClasses()
        .that(describe("pure", type -> PURE.stream().anyMatch(p -> in(type, p(p)))))
        .should()
        .dependOnClassesThat(impure)
        .allowEmptyShould(true);
  }

  private static boolean isPrimitiveOrPure(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    String name = element.getName();
    String pack = element.getPackageName();
    if (element.isPrimitive()) {
      return true;
    }
    if (pack.equals("java.lang")) {
      return !Set.of("java.lang.Thread", "java.lang.Process", "java.lang.ProcessBuilder")
          .contains(name);
    }
    return Set.of(
                "java.lang.invoke",
                "java.lang.runtime",
                "java.lang.annotation",
                "java.math",
                "java.nio.charset",
                "java.security",
                "java.text",
                "java.util",
                "java.util.function",
                "java.util.regex",
                "java.util.stream")
            .contains(pack)
        || pack.startsWith("java.time")
        || Set.of("java.net.URI", "java.net.URISyntaxException").contains(name);
  }

  /** Each library is known to the packages that wrap it and to no other. */
  ArchRule libraries() {
    return CompositeArchRule.of(
        List.of(
            library(Set.of("java.sql", "javax.sql", "org.jdbi", "org.sqlite"), "store.sql"),
            library(Set.of("org.flywaydb", "org.apache.commons.compress"), "store.sql"),
            library(Set.of("io.javalin", "org.eclipse.jetty", "jakarta.servlet"), "http"),
            library(Set.of("org.yaml"), "config.load"),
            library(Set.of("com.slack", "javax.websocket", "org.glassfish"), "slack.."),
            library(Set.of("com.microsoft", "com.auth0"), "teams.."),
            library(
                Set.of("okhttp3", "okio"),
                "webhook.http",
                "chat.spi",
                "slack..",
                "teams..",
                "signin.oidc",
                "app.."),
            library(Set.of("com.nimbusds"), "signin.oidc"),
            library(Set.of("com.samskivert"), "runbook")));
  }

  private ArchRule library(Set<String> roots, String... users) {
    DescribedPredicate<JavaClass> stranger =
        describe(
            "of Muster outside " + List.of(users),
            type -> isOurs(type) && List.of(users).stream().noneMatch(u -> in(type, p(u))));
    return noClasses()
        .that(stranger)
        .should()
        .dependOnClassesThat(
            describe("of " + roots, type -> roots.stream().anyMatch(root -> in(type, root + ".."))))
        .allowEmptyShould(true);
  }

  /** Only the classes named by an act do what it forbids everybody else. */
  ArchRule onlyWhereAllowed(ForbiddenAct act) {
    return noClasses()
        .that(describe("outside " + act.allowed(), type -> !isAllowed(type, act.allowed())))
        .should()
        .accessTargetWhere(describe(act.what(), act::isDoneBy))
        .allowEmptyShould(true);
  }

  /** Whether the outermost class is one of the allowed names below the base. */
  boolean isAllowed(JavaClass type, Set<String> allowed) {
    return allowed.contains(outermost(type).substring(base.length() + 1));
  }

  /** Name of the file's class, of which nested and anonymous ones are part. */
  static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  /** The application finds adapters at run time and names none of them. */
  ArchRule applicationNamesNoAdapter() {
    return noClasses()
        .that()
        .resideInAPackage(base + ".app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(base + ".slack..", base + ".teams..", base + ".web..")
        .allowEmptyShould(true);
  }

  /** The tree of an adapter shows one type to the outside: its factory. */
  ArchRule onlyFactoryIsPublic() {
    return noClasses()
        .that()
        .resideInAnyPackage(base + ".slack", base + ".teams")
        .and()
        .haveSimpleNameNotEndingWith("PlatformFactory")
        .should()
        .bePublic()
        .allowEmptyShould(true);
  }

  private String p(String name) {
    return base + "." + name;
  }

  private boolean isOurs(JavaClass type) {
    return in(type.getBaseComponentType(), base + "..");
  }

  /** Whether a type lies in a package; two dots at the end mean the packages below as well. */
  static boolean in(JavaClass type, String pattern) {
    String pack = type.getPackageName();
    if (!pattern.endsWith("..")) {
      return pack.equals(pattern);
    }
    String root = pattern.substring(0, pattern.length() - 2);
    return pack.equals(root) || pack.startsWith(root + ".");
  }
}
