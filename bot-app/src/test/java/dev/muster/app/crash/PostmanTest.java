// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is lost by the one who brings it. */
class PostmanTest {

  private final List<String> arrived = new ArrayList<>();
  private boolean refuses;
  private String refusesAfter = "";
  private final Postman<String, Boolean> postman =
      new Postman<>(this::road, false, Boolean::booleanValue);

  private boolean road(String post) {
    if (refuses) {
      return false;
    }
    arrived.add(post);
    refuses = post.equals(refusesAfter);
    return true;
  }

  private void nextIsLate(int by) {
    postman.arm(new Turn(Turn.Kind.DELIVERY, Postman.Fault.LATE.name(), by));
  }

  @Test
  void late_isBroughtAfterOthers() {
    nextIsLate(2);
    assertFalse(postman.bring("a"));
    postman.bring("b");
    postman.bring("c");

    assertEquals(List.of("b", "c", "a"), arrived);
    assertTrue(postman.bringAll());
    assertEquals(3, arrived.size());
  }

  @Test
  void again_isBroughtTwice() {
    postman.arm(new Turn(Turn.Kind.DELIVERY, Postman.Fault.AGAIN.name(), 1));
    assertTrue(postman.bring("a"));

    assertEquals(List.of("a", "a"), arrived);
  }

  @Test
  void lateOneThatIsDueWhenItBeginsToBeRefused_isBroughtWithTheRest() {
    nextIsLate(1);
    postman.bring("a");
    postman.keepRefused(true);
    refusesAfter = "b";
    assertTrue(postman.bring("b"));
    assertFalse(postman.bring("c"));
    assertFalse(postman.bringAll());
    assertEquals(List.of("b"), arrived);

    refuses = false;
    postman.keepRefused(false);

    assertTrue(postman.bringAll());
    assertEquals(List.of("b", "a", "c"), arrived);
  }
}
