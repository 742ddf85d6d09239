// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  /**
   * Answers {@code version} and {@code help}.
   *
   * @param args the command and its options; exit code 2 for an unknown one
   */
  public static void main(String[] args) {
    String command = args.length == 0 ? "help" : args[0];
    switch (command) {
      case "version" -> System.out.println("Muster " + version());
      case "help" -> System.out.println("Usage: java -jar muster.jar [version|help]");
      default -> {
        System.err.println("Unknown command: " + command + ". Try: java -jar muster.jar help");
        System.exit(2);
      }
    }
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
