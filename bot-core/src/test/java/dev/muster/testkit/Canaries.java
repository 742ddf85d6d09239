// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Secrets that are none, of every kind that is taken out at the door: made up here, so that no file
 * of the project looks as if it held one.
 */
public final class Canaries {

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = LOWER.toUpperCase(java.util.Locale.ROOT);
  private static final String DIGITS = "0123456789";
  private static final String HEX = DIGITS + "abcdef";
  private static final String ALNUM = LOWER + UPPER + DIGITS;
  private static final String BASE32 = UPPER + "234567";

  private final Random random;
  private final List<Canary> all = new ArrayList<>();

  /**
   * One of them.
   *
   * @param kind the words that stand in its place, without the brackets
   * @param text words with the secret in them
   * @param secret what must not be found anywhere
   */
  public record Canary(String kind, String text, String secret) {}

  private Canaries(long seed) {
    random = new Random(seed);
  }

  /** Returns two of each of thirty-five kinds. */
  public static List<Canary> all() {
    Canaries canaries = new Canaries(20_261_122);
    for (int i = 0; i < 2; i++) {
      canaries.clouds();
      canaries.services();
      canaries.chats();
      canaries.logins();
    }
    return List.copyOf(canaries.all);
  }

  private String of(String letters, int length) {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < length; i++) {
      made.append(letters.charAt(random.nextInt(letters.length())));
    }
    return made.toString();
  }

  private void bare(String kind, String secret) {
    all.add(new Canary("redacted " + kind, "somebody pasted " + secret + " here", secret));
  }

  private void within(String kind, String before, String secret, String after) {
    all.add(new Canary("redacted " + kind, before + secret + after, secret));
  }

  private void clouds() {
    bare("aws key", "AKIA" + of(BASE32, 16));
    bare("aws key", "ASIA" + of(BASE32, 16));
    within("password", "aws_secret_access_key = ", of(ALNUM, 40), "");
    bare("random text", "9a" + of(LOWER, 8) + of(UPPER, 8) + "7x3Q" + of(ALNUM, 10) + "5z1K8p2L");
    bare("google key", "AIza" + of(ALNUM, 35));
    bare("google token", "ya29." + of(ALNUM, 60));
    within("password", "DefaultEndpointsProtocol=https;AccountKey=", of(ALNUM, 86) + "==", ";x=y");
    within("token", "https://x.blob.example/a?sv=2026&sig=", of(ALNUM, 43) + "1", "&se=2027");
    bare("digitalocean token", "dop_v1_" + of(HEX, 64));
    bare("databricks token", "dapi" + of(HEX, 32));
    bare("terraform token", of(ALNUM, 14) + ".atlasv1." + of(ALNUM, 60));
    bare("vault token", "hvs." + of(ALNUM, 90));
  }

  private void services() {
    bare("github token", "ghp_" + of(ALNUM, 36));
    bare("github token", "github_pat_" + of(ALNUM, 22) + "_" + of(ALNUM, 59));
    bare("gitlab token", "glpat-" + of(ALNUM, 20));
    bare("stripe key", "sk_live_" + of(ALNUM, 24));
    bare("api key", "sk-" + of(ALNUM, 48));
    bare("twilio key", "SK" + of(HEX, 32));
    bare("sendgrid key", "SG." + of(ALNUM, 22) + "." + of(ALNUM, 43));
    bare("npm token", "npm_" + of(ALNUM, 36));
    bare("pypi token", "pypi-" + of(ALNUM, 70));
    bare("shopify token", "shpat_" + of(HEX, 32));
    bare("square token", "sq0atp-" + of(ALNUM, 22));
    within("mailgun key", "mailgun takes ", "key-" + of(HEX, 32), " for mail");
    bare("newrelic key", "NRAK-" + of(UPPER + DIGITS, 27));
    bare("grafana token", "glsa_" + of(ALNUM, 32) + "_" + of(HEX, 8));
    bare("atlassian token", "ATATT3" + of(ALNUM, 120));
    bare("linear key", "lin_api_" + of(ALNUM, 40));
    bare("doppler token", "dp.pt." + of(ALNUM, 43));
    bare("huggingface token", "hf_" + of(LOWER, 34));
    bare("age key", "AGE-SECRET-KEY-1" + of(UPPER + DIGITS, 58));
  }

  private void chats() {
    bare("slack token", "xoxb-" + of(DIGITS, 12) + "-" + of(ALNUM, 24));
    bare("slack token", "xapp-1-" + of(UPPER, 10) + "-" + of(HEX, 40));
    String path = "T" + of(UPPER, 8) + "/B" + of(UPPER, 8) + "/" + of(ALNUM, 24);
    within("webhook address", "https://hooks.slack.com/services/", path, " posts");
    bare("telegram token", of(DIGITS, 9).replace('0', '1') + ":AA" + of(ALNUM, 33));
  }

  private void logins() {
    String jwt = "eyJ" + of(ALNUM, 20) + ".eyJ" + of(ALNUM, 40) + "." + of(ALNUM, 43);
    bare("jwt", jwt);
    within("bearer token", "Authorization: Bearer ", of(ALNUM, 40), "");
    within("basic login", "Authorization: Basic ", of(ALNUM, 28), "");
    within("url password", "postgres://", "shop:" + of(ALNUM, 14), "@db:5432/shop");
    within("password", "password: ", of(ALNUM, 14), "");
    within("password", "{\"password\": \"", of(ALNUM, 14), "\"}");
    within("token", "deploy_token=", "9" + of(ALNUM, 20), "");
    String body = of(ALNUM, 64);
    within(
        "private key",
        "-----BEGIN RSA PRIVATE KEY-----\n",
        body,
        "\n-----END RSA PRIVATE KEY-----");
    within("card number", "card ", "4111 1111 1111 1111", " was charged");
  }
}
