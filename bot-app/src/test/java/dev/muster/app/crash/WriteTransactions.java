// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import dev.muster.store.UnitOfWork;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds in class files who opens a write transaction: the kinds of commits there are. */
final class WriteTransactions {

  private static final String DOOR = "dev.muster.engine.Ground";
  private static final Set<String> WRITES = Set.of("run", "submit", "write", "ask");

  private WriteTransactions() {}

  /** Returns the methods of the program that open one, as {@code Class#method}. */
  static Set<String> ofTheProgram() {
    return in(
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(WriteTransactions::isProgram)
            .importPackages("dev.muster"));
  }

  private static boolean isProgram(Location place) {
    return Stream.of("/testkit/", "/fake/", "/test/dev/").noneMatch(place::contains);
  }

  /** Returns the methods of these classes that open one. */
  static Set<String> in(JavaClasses classes) {
    Predicate<JavaAccess<?>> opens =
        call ->
            WRITES.contains(call.getTarget().getName())
                && (call.getTargetOwner().isAssignableTo(UnitOfWork.class)
                    || call.getTargetOwner().getName().equals(DOOR));
    Set<String> found = new TreeSet<>();
    classes.stream()
        .filter(type -> !type.getName().equals(DOOR) && !type.isAssignableTo(UnitOfWork.class))
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(opens)
        .forEach(call -> found.add(name(call.getOrigin())));
    return found;
  }

  /** A lambda is called after the method that it stands in. */
  private static String name(JavaCodeUnit origin) {
    String method = origin.getName();
    String enclosing = method.startsWith("lambda$") ? method.split("\\$")[1] : method;
    return origin.getOwner().getSimpleName() + "#" + enclosing.replace("<init>", "new");
  }
}
