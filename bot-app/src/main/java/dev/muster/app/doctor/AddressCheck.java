// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.config.BotConfig;
import dev.muster.config.Outbound;
import dev.muster.config.ServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Looks whether Muster can be reached, and whether what it calls can be reached from here. */
final class AddressCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final OkHttpClient http;

  AddressCheck(OkHttpClient shared) {
    http = shared.newBuilder().callTimeout(PATIENCE).build();
  }

  List<Finding> look(BotConfig config) {
    List<Finding> findings = new ArrayList<>();
    findings.add(port(config.server()));
    publicUrl(config.server()).ifPresent(findings::add);
    config.outbound().allow().forEach(origin -> findings.add(target(origin)));
    return findings;
  }

  private Finding port(ServerSettings server) {
    if (server.port() == 0) {
      return Finding.ok("address", "server.port is 0: the start picks a free port.");
    }
    String where = server.host() + ":" + server.port();
    if (isRunning(server)) {
      return Finding.ok("address", "Muster is running at " + where + ".");
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(server.host(), server.port()));
      return Finding.ok("address", where + " is free. Muster is not running there now.");
    } catch (IOException | IllegalArgumentException e) {
      return Finding.wrong(
          "address",
          where
              + " cannot be taken: "
              + e.getMessage()
              + ". Stop the program that holds it, or set server.host and server.port.");
    }
  }

  /** Returns whether Muster answers on its port; on a port picked at the start it is not found. */
  boolean isRunning(ServerSettings server) {
    return server.port() != 0 && answers("http://" + callable(server.host()) + ":" + server.port());
  }

  /** Where a program that listens everywhere can be called. */
  private static String callable(String host) {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
    String bare = everywhere ? "127.0.0.1" : host;
    return bare.contains(":") && !bare.startsWith("[") ? "[" + bare + "]" : bare;
  }

  private Optional<Finding> publicUrl(ServerSettings server) {
    if (server.isPublicUrlLoopback()) {
      return Optional.empty();
    }
    URI address = server.publicUrl(server.port());
    return Optional.of(
        answers(address.toString())
            ? Finding.ok("address", "Muster answers at " + address + ".")
            : Finding.note(
                "address",
                address
                    + " does not answer from this machine. Check that Muster runs, and that name,"
                    + " certificate and proxy lead to it: chat platforms and people use this"
                    + " address."));
  }

  private boolean answers(String base) {
    Request request = new Request.Builder().url(base + "/livez").build();
    try (Response response = http.newCall(request).execute()) {
      return response.code() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** A connection is opened and closed; nothing is sent. */
  private static Finding target(Outbound.Origin origin) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(origin.host(), origin.port()), (int) PATIENCE.toMillis());
      return Finding.ok("outbound", origin + " can be reached.");
    } catch (IOException | IllegalArgumentException e) {
      return Finding.note(
          "outbound",
          origin + " cannot be reached now. Runbooks that call it will fail until it can.");
    }
  }
}
