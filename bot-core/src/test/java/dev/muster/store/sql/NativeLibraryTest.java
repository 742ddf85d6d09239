// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.util.LibraryLoaderUtil;

/** The native library stays where nobody else can put another one, and is there once. */
final class NativeLibraryTest {

  @TempDir private Path state;
  private Path folder;

  @BeforeEach
  void folder() {
    folder = state.resolve(NativeLibrary.FOLDER);
  }

  private static byte[] packed() throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (InputStream in = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void library_keptTwice_isWrittenOnceAndItsOwnersAlone() throws IOException {
    Path library = NativeLibrary.kept(folder).orElseThrow();
    FileTime then = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(library, then);

    assertEquals(Optional.of(library), NativeLibrary.kept(folder));

    assertEquals(then, Files.getLastModifiedTime(library));
    assertArrayEquals(packed(), Files.readAllBytes(library));
    assertEquals(List.of(library), files());
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
  }

  @Test
  void library_thatIsAnotherByNow_isWrittenAnew() throws IOException {
    Path library = NativeLibrary.kept(folder).orElseThrow();
    byte[] other = packed();
    other[other.length / 2]++;
    Files.write(library, other);

    NativeLibrary.kept(folder);

    assertArrayEquals(packed(), Files.readAllBytes(library));
  }

  @Test
  void library_thatIsALinkToAnother_isReplacedAndTheOtherStays() throws IOException {
    Path library = NativeLibrary.kept(folder).orElseThrow();
    Path other = Files.writeString(state.resolve("other"), "somebody's");
    Files.delete(library);
    Files.createSymbolicLink(library, other);

    NativeLibrary.kept(folder);

    assertArrayEquals(packed(), Files.readAllBytes(library));
    assertEquals("somebody's", Files.readString(other));
  }

  @Test
  void libraryOfAnotherVersion_andADraftThatWasLeft_areTakenOut() throws IOException {
    Path library = NativeLibrary.kept(folder).orElseThrow();
    for (String begin : List.of("0123456789abcdef-", "draft17-")) {
      Files.writeString(folder.resolve(begin + LibraryLoaderUtil.getNativeLibName()), "old");
    }

    NativeLibrary.kept(folder);

    assertEquals(List.of(library), files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
  void folder_othersMayWriteTo_isNotUsed(String permissions) throws IOException {
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));

    assertEquals(Optional.empty(), NativeLibrary.kept(folder));
    assertEquals(List.of(), files());
  }

  @Test
  void folderAbove_othersMayWriteTo_isNotUsed() throws IOException {
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertEquals(Optional.empty(), NativeLibrary.kept(folder));
  }

  @Test
  void folder_thatIsALink_isNotUsed() throws IOException {
    Path other = Files.createDirectory(state.resolve("other"));
    Files.createSymbolicLink(folder, other);

    assertEquals(Optional.empty(), NativeLibrary.kept(folder));
    assertEquals(List.of(), files());
  }
}
