// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, kept beside the store under a name made of its content. The driver by
 * itself puts a new one into the temporary folder at each start, and a process that is killed
 * leaves it there. Whoever could put another one here could have the bot run it, so it is used only
 * from a folder that nobody else may write to, and what lies there is compared before. Where that
 * cannot be had, the driver does as it does by itself.
 */
final class NativeLibrary {

  /** The folder beside the store. */
  static final String FOLDER = "native";

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String WHERE = "org.sqlite.lib.path";
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private NativeLibrary() {}

  /** Has the driver take it from beside this store, unless it was told of a place already. */
  static void keepBeside(Path store) {
    if (System.getProperty(WHERE) != null) {
      return;
    }
    try {
      Optional<Path> kept = kept(store.resolveSibling(FOLDER));
      if (kept.isPresent()) {
        System.setProperty(WHERE, kept.get().getParent().toString());
      }
    } catch (IOException e) {
      LOG.info("native_library_not_kept because={}", FileTrouble.said(e));
    }
  }

  /**
   * Puts it into a folder, if it is not there, and takes out drafts that were left.
   *
   * @return where it is; empty when others may write there, or the driver brings none for this
   *     machine
   */
  static Optional<Path> kept(Path folder) throws IOException {
    Optional<byte[]> packed = packed();
    if (packed.isEmpty() || !isOursAlone(folder)) {
      return Optional.empty();
    }
    // Under another name the driver would not find the one it brings, where this one may not run.
    Path library = folder.resolve(ownName());
    if (!holds(library, packed.get())) {
      // The name of the draft has its end, so that one that was left is taken out as well.
      Path draft = Files.createTempFile(folder, "draft", "-" + ownName());
      Files.write(draft, packed.get());
      Files.move(draft, library, StandardCopyOption.ATOMIC_MOVE);
    }
    dropDrafts(folder);
    return Optional.of(library);
  }

  private static String ownName() {
    return LibraryLoaderUtil.getNativeLibName();
  }

  private static Optional<byte[]> packed() throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + ownName();
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }

  private static boolean holds(Path library, byte[] content) throws IOException {
    return Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)
        && Arrays.equals(Files.readAllBytes(library), content);
  }

  /** Whoever may write to the folder above could put another one in its place. */
  private static boolean isOursAlone(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    OwnerFiles.folder(folder);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path probe = Files.createTempFile(folder, "draft", "-" + ownName());
    try {
      UserPrincipal us = Files.getOwner(probe);
      return isAloneTo(us, folder) && isAloneTo(us, folder.getParent());
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean isAloneTo(UserPrincipal owner, Path folder) throws IOException {
    PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class);
    return found.owner().equals(owner)
        && found.permissions().stream().noneMatch(OF_OTHERS::contains);
  }

  private static void dropDrafts(Path folder) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*-" + ownName())) {
      for (Path each : all) {
        Files.delete(each);
      }
    }
  }
}
