"""The demo press: four fictional outlets, their articles in every state, and what a tracker should find.

In here: texts, templates and the small script that turns the readable texts into the files the replay press serves.
May enter: fictional material written for this project only. May import: the standard library and ``model``.
"""
