// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.access.Level;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.SignInTickets.Ticket;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.incident.Actor;
import dev.muster.signin.WebSession;
import dev.muster.signin.oidc.Claims;
import dev.muster.signin.oidc.SignInFailure;
import dev.muster.signin.oidc.SignInFailure.Reason;
import dev.muster.signin.oidc.Subject;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way through the identity provider: off to it, back from it, and out. Whatever goes wrong ends
 * on the sign-in page, which says so in a sentence; addresses and log hold no secret of ours.
 */
final class SignInRoutes {

  /** The path that the provider sends browsers back to. */
  static final String CALLBACK = "/sign-in/callback";

  private static final Logger LOG = LoggerFactory.getLogger(SignInRoutes.class);
  private static final int MOST_TICKETS = 8;

  private final SignIn signIn;
  private final Telemetry telemetry;
  private final Supplier<String> address;

  /**
   * Makes the routes.
   *
   * @param address where people reach the program, without a trailing slash
   */
  SignInRoutes(SignIn signIn, Telemetry telemetry, Supplier<String> address) {
    this.signIn = signIn;
    this.telemetry = telemetry;
    this.address = address;
  }

  void contribute(Routes routes) {
    routes.route("GET", "/sign-in/start", this::start);
    routes.route("GET", CALLBACK, this::callback);
    routes.route("GET", "/sign-in/leave", this::leave);
    routes.route("POST", "/sign-out", this::signOut);
  }

  private String redirectAddress() {
    return address.get() + CALLBACK;
  }

  private RouteAnswer start(RouteRequest request) {
    String to = ReturnTo.safe(request.query("to").orElse("/"));
    Ticket ticket = signIn.tickets().begin(to);
    try {
      String away =
          signIn.parts().provider().authorizationAddress(ticket.attempt(), redirectAddress());
      List<String> cookies = new ArrayList<>();
      Set<String> held = signIn.cookies().tickets(request);
      if (held.size() >= MOST_TICKETS) {
        held.forEach(id -> cookies.add(signIn.cookies().dropTicket(id)));
      }
      cookies.add(
          signIn
              .cookies()
              .setTicket(
                  SignInTickets.id(ticket.attempt().state()),
                  signIn.tickets().sealed(ticket),
                  SignInTickets.LIFE));
      return see(away, cookies);
    } catch (SignInFailure failure) {
      return failed(failure, to, List.of());
    }
  }

  private RouteAnswer callback(RouteRequest request) {
    String state = request.query("state").orElse("");
    String id = SignInTickets.id(state);
    Optional<Ticket> ticket =
        signIn.cookies().ticket(request, id).flatMap(kept -> signIn.tickets().redeem(kept, state));
    List<String> used = id.isEmpty() ? List.of() : List.of(signIn.cookies().dropTicket(id));
    if (ticket.isEmpty()) {
      return failed(new SignInFailure(Reason.NOT_BEGUN_HERE, "no ticket"), "/", used);
    }
    try {
      return entered(request, ticket.get(), used);
    } catch (SignInFailure failure) {
      return failed(failure, ticket.get().to(), used);
    }
  }

  private RouteAnswer entered(RouteRequest request, Ticket ticket, List<String> used)
      throws SignInFailure {
    SignIn.Parts parts = signIn.parts();
    parts.provider().checkIssuer(request.query("iss"));
    if (request.query("error").isPresent()) {
      throw new SignInFailure(Reason.PROVIDER_REFUSED, "an error instead of a code");
    }
    String code = request.query("code").filter(text -> !text.isBlank()).orElse("");
    if (code.isEmpty()) {
      throw new SignInFailure(Reason.BAD_ANSWER, "neither code nor error");
    }
    Subject subject = parts.provider().redeem(code, ticket.attempt(), redirectAddress());
    Level level =
        Claims.levelOf(subject, parts.settings())
            .orElseThrow(() -> new SignInFailure(Reason.NO_ROLE, "no role"));
    String secret = begun(request, subject, level);
    telemetry.count("muster_sign_ins_total", "outcome", "signed_in");
    List<String> cookies = new ArrayList<>(used);
    cookies.add(signIn.cookies().setSession(secret, WebSession.LONGEST));
    return see(ticket.to(), cookies);
  }

  /** Begins a session and returns its secret; a store that is full or broken keeps people out. */
  private String begun(RouteRequest request, Subject subject, Level level) throws SignInFailure {
    SignIn.Parts parts = signIn.parts();
    try {
      String name = parts.people().enter(subject.id(), subject.suggestedName(), level);
      String browser = request.header("User-Agent").orElse("");
      Optional<String> before = signIn.cookies().session(request);
      String secret = parts.sessions().begin(name, level, browser, before);
      String text = name + " signed in as " + level.word() + ".";
      journal(EntryKind.SIGNED_IN, name, text, level.word());
      return secret;
    } catch (RuntimeException e) {
      LOG.warn("sign_in_not_stored", e);
      throw new SignInFailure(Reason.NOT_STORED, "the store did not take it");
    }
  }

  private void journal(EntryKind kind, String name, String text, String reason) {
    Actor actor = new Actor.Human(new Person(new UserRef("web", name), name));
    signIn
        .parts()
        .journal()
        .accept(NewEntry.of(signIn.parts().clock().instant(), kind, actor, text).because(reason));
  }

  private RouteAnswer failed(SignInFailure failure, String to, List<String> cookies) {
    String reason = failure.reason().word();
    LOG.warn("sign_in_failed reason={} detail={}", reason, failure.getMessage());
    telemetry.count("muster_sign_ins_total", "outcome", reason);
    if (failure.reason() == Reason.NO_ROLE || failure.reason() == Reason.BAD_TOKEN) {
      NewEntry entry =
          NewEntry.of(
              signIn.parts().clock().instant(),
              EntryKind.ACCESS_DENIED,
              new Actor.Bot(),
              failure.reason() == Reason.NO_ROLE
                  ? "Somebody signed in who has none of the roles, and was turned away."
                  : "Somebody came with an ID token that does not hold, and was turned away.");
      signIn.parts().journal().accept(entry.because(reason));
    }
    return see(ReturnTo.signIn(reason, to), cookies);
  }

  private RouteAnswer signOut(RouteRequest request) {
    JavalinRequest ours = (JavalinRequest) request;
    if (ours.caller() instanceof Caller.SignedIn who) {
      boolean all = ours.field("everywhere").isPresent();
      List<WebSession> ended =
          signIn
              .parts()
              .sessions()
              .end(
                  each ->
                      all
                          ? each.name().equals(who.session().name())
                          : each.hash().equals(who.session().hash()));
      String name = who.session().name();
      String where = all ? " signed out everywhere." : " signed out.";
      journal(EntryKind.SIGNED_OUT, name, name + where, ended.size() + " sessions");
    }
    return see("/sign-in?problem=signed_out", List.of(signIn.cookies().dropSession()));
  }

  /** On to the provider, to sign out there as well. */
  private RouteAnswer leave(RouteRequest request) {
    return see(
        signIn.parts().provider().signOutAddress(address.get() + "/sign-in").orElse("/sign-in"),
        List.of());
  }

  /** Sends a browser on; it asks for the next address with GET. */
  static RouteAnswer see(String where, List<String> cookies) {
    Map<String, String> headers =
        cookies.isEmpty()
            ? Map.of("Location", where, "Cache-Control", "no-store")
            : Map.of(
                "Location",
                where,
                "Cache-Control",
                "no-store",
                "Set-Cookie",
                String.join("\n", cookies));
    return new RouteAnswer.Bytes(303, "", new byte[0], headers);
  }
}
