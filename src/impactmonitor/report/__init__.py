"""What people and programs get: functions of an evaluation, which compute nothing."""
