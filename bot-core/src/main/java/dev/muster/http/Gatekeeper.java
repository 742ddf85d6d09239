// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.access.Level;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.Permissions.Guard;
import dev.muster.http.Permissions.Rule;
import dev.muster.readmodel.Viewer;
import dev.muster.signin.ApiTokens;
import dev.muster.signin.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Decides who may call pages and API. Open on loopback alone, to callers that say so in their Host;
 * everywhere else a token or sign-in is needed, with the role that {@link Permissions} asks for.
 * Paths of chat platforms and alert sources check for themselves.
 */
public final class Gatekeeper {

  private static final int LARGEST_FORM = 16 * 1024;
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final List<String> FORWARDING =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");

  private final boolean openOnLoopback;
  private final List<Token> tokens;
  private final IntFunction<URI> publicUrl;
  private final Optional<SignIn> signIn;
  private final Optional<ApiTokens> made;
  private volatile int port;

  /**
   * A token of a program or person.
   *
   * @param name whose
   * @param sha256 its fingerprint in lower-case hexadecimal digits
   * @param level what it may do
   */
  public record Token(String name, String sha256, Level level) {}

  /**
   * What is accepted beside the tokens of the configuration.
   *
   * @param signIn how people sign in, if they do
   * @param made the tokens that admins made
   */
  public record Accepted(Optional<SignIn> signIn, Optional<ApiTokens> made) {}

  /**
   * Makes the gatekeeper.
   *
   * @param openOnLoopback whether loopback callers need no token
   * @param tokens the accepted tokens
   * @param publicUrl the address people use, given the port that is listened on
   */
  public Gatekeeper(boolean openOnLoopback, List<Token> tokens, IntFunction<URI> publicUrl) {
    this(openOnLoopback, tokens, publicUrl, new Accepted(Optional.empty(), Optional.empty()));
  }

  /**
   * Makes the gatekeeper of a program that people sign in to.
   *
   * @param openOnLoopback whether loopback callers need no token; never together with sign-in
   * @param tokens the accepted tokens
   * @param publicUrl the address people use, given the port that is listened on
   * @param accepted what else is accepted
   */
  public Gatekeeper(
      boolean openOnLoopback, List<Token> tokens, IntFunction<URI> publicUrl, Accepted accepted) {
    this.openOnLoopback = openOnLoopback && accepted.signIn().isEmpty();
    this.tokens = List.copyOf(tokens);
    this.publicUrl = publicUrl;
    this.signIn = accepted.signIn();
    this.made = accepted.made();
  }

  void listeningOn(int actualPort) {
    port = actualPort;
  }

  /** Returns the answer to a request that may not pass; empty when it may. */
  Optional<RouteAnswer> refusal(JavalinRequest request) throws IOException {
    Rule rule = Permissions.of(request.method(), request.path());
    if (rule.guard() == Guard.OWN) {
      return Optional.empty();
    }
    Caller caller = caller(request);
    request.isOf(caller, signIn.<Predicate<String>>map(known -> known::isPerson));
    if (rule.guard() == Guard.OPEN) {
      return Optional.empty();
    }
    Optional<ApiProblem> problem =
        foreign(request)
            .or(() -> wrongType(request, rule))
            .or(() -> openOnLoopback ? notLoopback(request) : tooLittle(request, caller, rule));
    if (problem.isEmpty() && Permissions.writes(request.method())) {
      problem = forged(request, caller, rule);
    }
    return problem.map(refused -> answer(request, caller, refused));
  }

  /** A browser is led to where it can go on; everybody else gets the reason. */
  private RouteAnswer answer(JavalinRequest request, Caller caller, ApiProblem problem) {
    boolean page = request.wantsPage() && signIn.isPresent();
    if (page && problem.status() == 401) {
      return SignInRoutes.see(ReturnTo.signIn("", request.target()), List.of());
    }
    if (page && caller instanceof Caller.SignedIn && problem.code().equals("not_allowed")) {
      return SignInRoutes.see("/account?problem=not_allowed", List.of());
    }
    return Answers.problem(problem);
  }

  private Caller caller(JavalinRequest request) {
    if (openOnLoopback) {
      return new Caller.Local();
    }
    if (request.header("Authorization").isPresent()) {
      return token(request)
          .<Caller>map(token -> new Caller.Program(token.name(), token.level()))
          .orElseGet(Caller.Nobody::new);
    }
    return signIn.flatMap(known -> known.caller(request)).orElseGet(Caller.Nobody::new);
  }

  private Optional<ApiProblem> tooLittle(JavalinRequest request, Caller caller, Rule rule) {
    if (caller.level().isEmpty()) {
      String sentence =
          signIn.isPresent()
              ? "Sign in at /sign-in, or send a token as Authorization: Bearer."
              : "Send a token of server.auth.tokens as Authorization: Bearer.";
      return Optional.of(new ApiProblem(401, "unauthorized", sentence));
    }
    Level level = caller.level().get();
    return level.reaches(rule.needed())
        ? Optional.empty()
        : refused(
            "not_allowed",
            "This needs the role " + rule.needed().word() + "; yours is " + level.word() + ".");
  }

  /** A write with a cookie must come from a page of ours: origin and token both say so. */
  private Optional<ApiProblem> forged(JavalinRequest request, Caller caller, Rule rule)
      throws IOException {
    if (!(caller instanceof Caller.SignedIn who)) {
      return rule.guard() == Guard.FORM
          ? refused("not_allowed", "This form is for people who signed in.")
          : Optional.empty();
    }
    Optional<String> given =
        rule.guard() == Guard.FORM ? formToken(request) : request.header("X-CSRF-Token");
    boolean right =
        request.header("Origin").isPresent()
            && given.filter(token -> Digest.same(token, who.formToken())).isPresent();
    return right
        ? Optional.empty()
        : refused("forged", "This did not come from a page of ours. Reload the page, then again.");
  }

  private static Optional<String> formToken(JavalinRequest request) throws IOException {
    return request.keepForm(LARGEST_FORM) ? request.field("csrf") : Optional.empty();
  }

  private Optional<ApiProblem> foreign(RouteRequest request) {
    Optional<String> origin = request.header("Origin");
    boolean same =
        origin.isEmpty()
            || origin.get().equals(publicUrl.apply(port).toString())
            || openOnLoopback && isOwnLoopback(request, origin.get());
    return same
        ? Optional.empty()
        : refused("foreign_origin", "A page of another site may not call this.");
  }

  private boolean isOwnLoopback(RouteRequest request, String origin) {
    String host = request.header("Host").orElse("");
    return isLoopback(host) && origin.equals("http://" + host);
  }

  private static Optional<ApiProblem> wrongType(RouteRequest request, Rule rule) {
    boolean writes = Permissions.writes(request.method());
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean upload = request.path().equals("/api/v1/chat/files");
    boolean fits =
        rule.guard() == Guard.FORM
            ? type.startsWith("application/x-www-form-urlencoded")
            : !writes
                || type.startsWith("application/json")
                || upload && type.startsWith("multipart/form-data")
                || request.method().equals("DELETE") && type.isEmpty();
    return fits
        ? Optional.empty()
        : Optional.of(
            new ApiProblem(
                415, "unsupported_media_type", "Send JSON with Content-Type: application/json."));
  }

  private Optional<ApiProblem> notLoopback(RouteRequest request) {
    if (!isLoopback(request.header("Host").orElse(""))) {
      return refused("foreign_host", "Without sign-in this is open to the machine itself alone.");
    }
    boolean forwarded = FORWARDING.stream().anyMatch(name -> request.header(name).isPresent());
    return forwarded
        ? refused(
            "forwarded",
            "Behind a proxy, set server.public-url and server.auth.tokens in the configuration.")
        : Optional.empty();
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
    return LOOPBACK_NAMES.contains(name);
  }

  private static Optional<ApiProblem> refused(String code, String sentence) {
    return Optional.of(new ApiProblem(403, code, sentence));
  }

  private Optional<Token> token(RouteRequest request) {
    String header = request.header("Authorization").orElse("");
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.empty();
    }
    String presented = presented(request);
    return configured(presented).or(() -> made(presented));
  }

  private static String presented(RouteRequest request) {
    return request.header("Authorization").orElseThrow().substring(7).strip();
  }

  private Optional<Token> configured(String presented) {
    byte[] hash = sha256(presented);
    return tokens.stream()
        .filter(token -> MessageDigest.isEqual(HexFormat.of().parseHex(token.sha256()), hash))
        .findFirst();
  }

  /** A token that may only send alerts opens nothing here. */
  private Optional<Token> made(String presented) {
    return made.flatMap(all -> all.find(presented))
        .flatMap(
            token -> token.level().map(level -> new Token(token.name(), token.sha256(), level)));
  }

  /** Returns who looks: on the open loopback whoever {@code ?as=} names, else who signed in. */
  public Viewer viewer(RouteRequest request) {
    Optional<String> name = openOnLoopback ? request.query("as") : request.signedIn();
    return name.filter(text -> text.matches("[a-z0-9._-]{1,64}"))
        .map(text -> Viewer.of(new UserRef("web", text)))
        .orElse(Viewer.ANYBODY);
  }

  /** Returns whether what a request began may go on, long after it was let in. */
  BooleanSupplier standing(JavalinRequest request) {
    if (request.caller() instanceof Caller.SignedIn who && signIn.isPresent()) {
      return () -> signIn.get().holds(who.session());
    }
    if (request.caller() instanceof Caller.Program) {
      String presented = presented(request);
      return () -> isOfConfiguration(presented) || isMadeAndHolds(presented);
    }
    return () -> true;
  }

  private boolean isOfConfiguration(String presented) {
    return configured(presented).isPresent();
  }

  private boolean isMadeAndHolds(String presented) {
    return made.filter(all -> all.holds(presented)).isPresent();
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
