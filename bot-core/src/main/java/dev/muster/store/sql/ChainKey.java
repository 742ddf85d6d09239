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
import java.util.Base64;
import java.util.List;

/**
 * Signs heads of chains with Ed25519. The key lies in a file of its own beside the database, so
 * that whoever can write the database alone cannot sign what they made up.
 */
final class ChainKey {

  private static final String ALGORITHM = "Ed25519";

  private final KeyPair pair;

  private ChainKey(KeyPair pair) {
    this.pair = pair;
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
    return Files.exists(file) ? read(file) : make(file);
  }

  /** Reads the key. */
  static ChainKey read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      Base64.Decoder decoder = Base64.getDecoder();
      return new ChainKey(
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(decoder.decode(lines.get(1)))),
              factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.get(2))))));
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(file + " holds no key of this store", e);
    }
  }

  private static ChainKey make(Path file) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      Base64.Encoder encoder = Base64.getEncoder();
      OwnerFiles.create(file);
      Files.write(
          file,
          List.of(
              "Signs the timeline's checkpoints: public key, private key. Keep a copy elsewhere.",
              encoder.encodeToString(pair.getPublic().getEncoded()),
              encoder.encodeToString(pair.getPrivate().getEncoded())),
          StandardCharsets.US_ASCII);
      return new ChainKey(pair);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  byte[] sign(Signed head) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(head.bytes());
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  static boolean verifies(PublicKey key, Signed head, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(head.bytes());
      return check.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (InvalidKeyException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("the key cannot verify", e);
    }
  }
}
