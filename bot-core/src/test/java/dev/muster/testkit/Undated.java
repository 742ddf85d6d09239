// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/**
 * Marks what a stand-in answers as old, so that nobody learns the time from it: the JDK's server
 * dates answers by the machine's clock, which is not the one that a trial moves.
 */
public final class Undated extends Filter {

  static final String HEADER = "Age";

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    exchange.getResponseHeaders().set(HEADER, "0");
    chain.doFilter(exchange);
  }

  @Override
  public String description() {
    return "marks answers as old";
  }
}
