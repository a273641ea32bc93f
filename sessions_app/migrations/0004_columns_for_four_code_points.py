"""Columns of lines hold four code points a sign: what text.py lets through fits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0003_glosses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="lead",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AlterField(
            model_name="activity",
            name="prompt",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AlterField(
            model_name="activity",
            name="title",
            field=models.CharField(max_length=480),
        ),
        migrations.AlterField(
            model_name="participant",
            name="about",
            field=models.CharField(blank=True, max_length=1200),
        ),
        migrations.AlterField(
            model_name="participant",
            name="access_needs",
            field=models.CharField(blank=True, help_text="Facilitators only. Never exported.", max_length=2000),
        ),
        migrations.AlterField(
            model_name="participant",
            name="name",
            field=models.CharField(blank=True, max_length=180),
        ),
        migrations.AlterField(
            model_name="session",
            name="place",
            field=models.CharField(blank=True, max_length=800),
        ),
        migrations.AlterField(
            model_name="session",
            name="title",
            field=models.CharField(max_length=480),
        ),
        migrations.AlterField(
            model_name="workshop",
            name="contact_name",
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.AlterField(
            model_name="workshop",
            name="contact_phone",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AlterField(
            model_name="workshop",
            name="lead",
            field=models.CharField(blank=True, max_length=1200),
        ),
        migrations.AlterField(
            model_name="workshop",
            name="title",
            field=models.CharField(max_length=480),
        ),
    ]
