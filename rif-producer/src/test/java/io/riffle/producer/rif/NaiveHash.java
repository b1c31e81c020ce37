package io.riffle.producer.rif;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hash of TestFile's pepper and rounds, from its definition in RFC 8018: the exclusive or of
 * the rounds' HMACs.
 */
final class NaiveHash {

  private static final byte[] SALT_AND_BLOCK =
      "nottherealpepper\0\0\0\1".getBytes(StandardCharsets.US_ASCII);

  private NaiveHash() {}

  static String of(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] round = mac.doFinal(SALT_AND_BLOCK);
      byte[] hash = round.clone();
      for (int i = 1; i < TestFile.HASH.iterations(); i++) {
        round = mac.doFinal(round);
        for (int at = 0; at < hash.length; at++) {
          hash[at] ^= round[at];
        }
      }
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
