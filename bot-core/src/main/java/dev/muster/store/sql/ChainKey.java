// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Signs heads of chains with Ed25519. The key lies in a file of its own beside the database, so
 * that whoever can write the database alone cannot sign what they made up.
 */
final class ChainKey {

  private static final String ALGORITHM = "Ed25519";

  private final KeyPair pair;
  private final List<PublicKey> former;

  private ChainKey(KeyPair pair, List<PublicKey> former) {
    this.pair = pair;
    this.former = List.copyOf(former);
  }

  /** What is signed; {@code before} is the signature of the checkpoint before, empty for none. */
  record Signed(long number, long stream, long seq, byte[] hash, long at, byte[] before) {

    private byte[] bytes() {
      return ByteBuffer.allocate(4 * Long.BYTES + hash.length + before.length)
          .putLong(number)
          .putLong(stream)
          .putLong(seq)
          .putLong(at)
          .put(hash)
          .put(before)
          .array();
    }
  }

  /** Reads the key, or makes one where there is none. */
  static ChainKey readOrMake(Path file) throws IOException {
    return Files.exists(file) ? read(file) : make(file, "");
  }

  /** Reads the key. */
  static ChainKey read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    try {
      Base64.Decoder decoder = Base64.getDecoder();
      List<PublicKey> former = new ArrayList<>();
      for (String line : lines.subList(3, lines.size())) {
        former.add(publicKey(line));
      }
      return new ChainKey(
          new KeyPair(
              publicKey(lines.get(1)),
              KeyFactory.getInstance(ALGORITHM)
                  .generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.get(2))))),
          former);
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(file + " holds no key of this store", e);
    }
  }

  /**
   * Makes a key for a store whose own key is lost.
   *
   * @param former the lost key's public part, as {@link #publicText()} wrote it; its signatures
   *     stay valid
   */
  static ChainKey replace(Path file, String former) throws IOException {
    return make(file, former + "\n");
  }

  /** Reads the public part of a key, as {@link #publicText()} wrote it. */
  static PublicKey publicKey(String text) throws GeneralSecurityException {
    byte[] encoded = Base64.getDecoder().decode(text);
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
  }

  /** It appears whole or not at all: without its key a store does not open. */
  private static ChainKey make(Path file, String former) throws IOException {
    try {
      ChainKey made =
          new ChainKey(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair(), List.of());
      OwnerFiles.put(
          file,
          """
          Signs the timeline's checkpoints: public key, private key. Keep a copy elsewhere.
          %s
          %s
          %s\
          """
              .formatted(
                  made.publicText(),
                  Base64.getEncoder().encodeToString(made.pair.getPrivate().getEncoded()),
                  former));
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
  }

  /** The public part as text. */
  String publicText() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /** Returns whether a public key is ours, or one that was lost. */
  boolean isOrWas(String text) {
    return trusted().stream()
        .anyMatch(key -> Base64.getEncoder().encodeToString(key.getEncoded()).equals(text));
  }

  /** Every key whose signatures count here: ours, and those that were lost. */
  List<PublicKey> trusted() {
    List<PublicKey> all = new ArrayList<>(List.of(pair.getPublic()));
    all.addAll(former);
    return all;
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  byte[] sign(Signed head) {
    return sign(head.bytes());
  }

  /** Signs any bytes but those of a head, which begin with zeros. */
  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  /** The public part in the form that other programs read. */
  String publicPem() {
    byte[] encoded = pair.getPublic().getEncoded();
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** By which people compare keys. */
  static String fingerprint(PublicKey key) {
    byte[] hash = BundleWriter.sha256().digest(key.getEncoded());
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
  }

  static boolean verifies(PublicKey key, Signed head, byte[] signature) {
    return verifies(key, head.bytes(), signature);
  }

  /** A key that came from outside may be no key at all; nothing is signed by such a one. */
  static boolean verifies(PublicKey key, byte[] bytes, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(bytes);
      return check.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
  }
}
