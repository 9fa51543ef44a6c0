"""Events without a pause over keep-alive connections, and what the relay said to each."""
import http.client
import itertools
import json
import random
import threading
import time

REFUSED = "refused"  # in the id of an event that Pinterest is to refuse
REFUSED_SHARE = 0.02
ANSWER_TIMEOUT = 30


def event(event_id):
    return {"event": "sign_up", "event_id": event_id, "page_location": "https://shop.example/thanks?step=2",
            "user_data": {"email": f"{event_id}@example.com"}, "external_id": f"visitor-{event_id}"}


class Load:
    """Connections that send as soon as there is a relay, until they are told to end. When the relay goes away they wait
    for the next one; what they had not got an answer to is never sent again."""

    def __init__(self, seed, connections=4, most_events=8):
        self.sent, self.acknowledged, self.strange_answers = set(), set(), []
        self.first_answer = None  # when the relay of now acknowledged something for the first time
        self._changed = threading.Condition()
        self._port, self._generation, self._ended = None, 0, False
        self._most_events = most_events
        self._threads = [threading.Thread(target=self._run, args=(number, random.Random(f"{seed}-{number}")))
                         for number in range(connections)]
        for thread in self._threads:
            thread.start()

    def aim(self, port):
        """A relay listens there from now on."""
        with self._changed:
            self._port, self.first_answer = port, None
            self._generation += 1
            self._changed.notify_all()

    def rest(self):
        """Nobody listens until the next `aim`; what is on its way is seen to its end."""
        with self._changed:
            self._port = None

    def end(self):
        with self._changed:
            self._port, self._ended = None, True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _run(self, number, rng):
        seen, count = 0, itertools.count()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or (self._port is not None and self._generation > seen))
                if self._ended:
                    return
                port, seen = self._port, self._generation
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_TIMEOUT)
            try:
                while self._port == port and self._generation == seen:
                    self._post(connection, number, count, rng)
            except (OSError, http.client.HTTPException):
                pass  # killed in the middle: sent, not acknowledged
            finally:
                connection.close()

    def _post(self, connection, number, count, rng):
        ids = [f"{number}-{next(count)}" + (f"-{REFUSED}" if rng.random() < REFUSED_SHARE else "")
               for _ in range(rng.randint(1, self._most_events))]
        body = json.dumps([event(event_id) for event_id in ids])
        with self._changed:
            self.sent.update(ids)
        connection.request("POST", "/collect", body)
        answer = connection.getresponse()
        answer.read()
        self._note(answer.status, ids)

    def _note(self, status, ids):
        with self._changed:
            if status == 204:
                self.acknowledged.update(ids)
                self.first_answer = self.first_answer or time.monotonic()
            else:
                self.strange_answers.append(status)
