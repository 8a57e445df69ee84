"""The program: configuration, wiring, channels, delivery, command line.

The only package that knows Telegram, HTTP, asyncio or the environment.
"""
