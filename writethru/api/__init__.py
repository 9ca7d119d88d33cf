"""The archive over HTTP as JSON, and the JSON forms that the terminal shares.

Views of the service layer enter; dicts of plain JSON values and HTTP responses leave.
May import ``archive``, ``views``, ``publish`` and everything below. Light: the routes load FastAPI, the forms do not.
"""
